import { isQuiet, Reviewed } from "../report/review";
import { COLOURS, Drawing, MEANINGS, Place, Status, Thing } from "./drawing";
import { drawingOf } from "./topology";

/** The picture of a deployment for Markdown; nothing where nothing changes. */
export function mermaid(review: Reviewed): string {
  const drawing = drawingOf(review);
  return isQuiet(review) || drawing.places.length === 0 ? "" : mermaidOf(drawing);
}

/** A drawing in Mermaid's words. */
function mermaidOf(drawing: Drawing): string {
  const ids = new Map<string, string>();
  const id = (name: string): string => {
    const known = ids.get(name) ?? `n${ids.size}`;
    ids.set(name, known);
    return known;
  };
  const used = new Map<Status, string[]>();
  const mark = (thing: Thing): void => {
    if (thing.status !== "same") used.set(thing.status, [...(used.get(thing.status) ?? []), id(thing.id)]);
  };
  const place = (one: Place, indent: string): string[] => {
    mark(one);
    return [
      `${indent}subgraph ${id(one.id)}["${label(one)}"]`,
      ...one.things.map((thing) => {
        mark(thing);
        return `${indent}  ${id(thing.id)}["${label(thing)}"]`;
      }),
      ...one.places.flatMap((inner) => place(inner, `${indent}  `)),
      `${indent}end`,
    ];
  };
  const places = drawing.places.flatMap((one) => place(one, "  "));
  const ways = drawing.ways.map(({ from, to, cut }) => `  ${id(from)} ${cut ? '-. "CUT" .->' : "-->"} ${id(to)}`);
  const broken = drawing.ways.flatMap(({ cut }, index) => (cut ? [index] : []));
  const classes = [...used].flatMap(([status, things]) => [
    `  classDef ${status} fill:${COLOURS[status][0]},stroke:${COLOURS[status][1]},color:#1f2328`,
    `  class ${things.join(",")} ${status}`,
  ]);
  const red = broken.length > 0 ? [`  linkStyle ${broken.join(",")} stroke:#cf222e,stroke-width:3px`] : [];
  return ["flowchart LR", ...places, ...ways, ...classes, ...red].join("\n");
}

/** Text that Mermaid takes for nothing else, however hostile. */
function label({ lines, status }: Thing): string {
  const meaning = MEANINGS[status];
  return [...lines, ...(meaning === "" ? [] : [meaning.toUpperCase()])]
    .flatMap((line) => line.split("\n"))
    .map((line) => line.replace(/[^\p{L}\p{N} .,:/()-]/gu, (sign) => `#${sign.codePointAt(0)};`))
    .join("<br/>");
}
