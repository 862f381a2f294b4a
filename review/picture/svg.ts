import { Reviewed } from "../report/review";
import { COLOURS, Drawing, MEANINGS, Place, Thing } from "./drawing";
import { drawingOf } from "./topology";

/** The picture of a deployment as SVG. */
export async function svg(review: Reviewed): Promise<string> {
  // a library for ES modules only, and large: it is loaded when something is drawn.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  return graphviz.dot(dot(drawingOf(review)));
}

/** A drawing in Graphviz's words. */
export function dot(drawing: Drawing): string {
  const place = (one: Place): string[] => [
    `subgraph ${quoted(`cluster_${one.id}`)} {`,
    `label=${label(one, "\\l")}; labeljust=l; style="rounded,filled"; fillcolor=${quoted(one.status === "same" ? "#f6f8fa" : COLOURS[one.status][0])}; color=${quoted(COLOURS[one.status][1])};`,
    ...one.things.map(node),
    ...one.places.flatMap(place),
    "}",
  ];
  return [
    "digraph {",
    'rankdir=LR; bgcolor=white; fontname="Helvetica"; fontsize=9; nodesep=0.25; ranksep=0.5; compound=true;',
    'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=9, margin="0.2,0.08"];',
    'edge [fontname="Helvetica", fontsize=10, color="#57606a"];',
    ...drawing.places.flatMap(place),
    ...drawing.ways.map(
      ({ from, to, cut }) =>
        `${quoted(from)} -> ${quoted(to)}${cut ? ' [color="#cf222e", penwidth=2.5, style=dashed, label=" cut ", fontcolor="#cf222e"]' : ""};`,
    ),
    "}",
  ].join("\n");
}

function node(thing: Thing): string {
  const [fill, line] = COLOURS[thing.status];
  return `${quoted(thing.id)} [label=${label(thing)}, fillcolor=${quoted(fill)}, color=${quoted(line)}${thing.status === "same" ? "" : ", penwidth=2"}];`;
}

/** The lines of a thing, in the middle or, for a place, at the left. */
function label({ lines, status }: Thing, end: "\\n" | "\\l" = "\\n"): string {
  const meaning = MEANINGS[status];
  const all = [...lines, ...(meaning === "" ? [] : [meaning.toUpperCase()])].flatMap((line) => line.split("\n"));
  return `"${all.map((line) => `${escaped(line)}${end === "\\l" ? "        " : ""}`).join(end)}${end === "\\l" ? end : ""}"`;
}

/** A text that Graphviz takes as it is. */
function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", " ");
