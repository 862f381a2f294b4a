import type { Measured } from "./measures";
import type { Path } from "./paths";

type Figure = keyof Measured;

/** What was measured on a way, and on the direct one just before or after it. */
interface Pair {
  readonly way: Partial<Measured>;
  readonly direct: Partial<Measured>;
}

/**
 * What was measured, in pairs: a machine's speed changes more from one second to another than a way costs, so each pair
 * says for itself how its way compares with the direct one, and the median of that counts.
 */
export class Results {
  private readonly pairs = new Map<Path, Pair[]>();

  add(path: Path, pair: Pair): void {
    this.pairs.set(path, [...(this.pairs.get(path) ?? []), pair]);
  }

  /** The ways besides the direct one. */
  get ways(): Path[] {
    return [...this.pairs.keys()];
  }

  /** The median of a way's figures. */
  of(path: Path, figure: Figure): number {
    const pairs = path === "direct" ? [...this.pairs.values()].flat() : (this.pairs.get(path) ?? []);
    return median(pairs.flatMap(({ way, direct }) => (path === "direct" ? direct : way)[figure] ?? []));
  }

  /** What a way takes on top of the direct one. */
  added(path: Path, figure: Figure): number {
    return this.compared(path, figure, (way, direct) => way - direct);
  }

  /** A way's share of the direct one's rate. */
  ratio(path: Path, figure: Figure): number {
    return path === "direct" ? 1 : this.compared(path, figure, (way, direct) => way / direct);
  }

  /** A rate with its ratio to the direct way. */
  rated(path: Path, figure: Figure, unit = 1): string {
    const rate = Math.round(this.of(path, figure) / unit).toLocaleString("en");
    return `${rate} (${this.ratio(path, figure).toFixed(2)})`;
  }

  private compared(path: Path, figure: Figure, how: (way: number, direct: number) => number): number {
    const pairs = this.pairs.get(path) ?? [];
    return median(
      pairs.flatMap(({ way: { [figure]: way }, direct: { [figure]: direct } }) =>
        way === undefined || direct === undefined ? [] : how(way, direct),
      ),
    );
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const HEADINGS = [
  "new TLS connections/s",
  "keep-alive requests/s",
  "16 downloads MB/s",
  "1 download MB/s",
  "added p50",
  "added p99",
];

function cells(results: Results, path: Path): string[] {
  return [
    results.rated(path, "connections"),
    results.rated(path, "requests"),
    results.rated(path, "bulk", 1e6),
    results.rated(path, "single", 1e6),
    path === "direct" ? "" : `${Math.round(results.added(path, "p50"))} µs`,
    path === "direct" ? "" : `${Math.round(results.added(path, "p99"))} µs`,
  ];
}

/** A table's lines, in Markdown. */
export function table(
  first: string,
  rows: readonly (readonly string[])[],
  headings: readonly string[] = HEADINGS,
): string {
  const line = (words: readonly string[]): string => `| ${words.join(" | ")} |`;
  return [line([first, ...headings]), `|${"---|".repeat(headings.length + 1)}`, ...rows.map(line)].join("\n");
}

/** A row for each way, the direct one first. */
export function wayRows(results: Results): string[][] {
  return (["direct", ...results.ways] as const).map((path) => [name(path), ...cells(results, path)]);
}

/** One forwarder's row, named otherwise. */
export function forwarderRow(first: string, results: Results): string[] {
  return [first, ...cells(results, 1)];
}

function name(path: Path): string {
  if (typeof path === "number") return `${path} forwarder${path > 1 ? "s" : ""}`;
  return { direct: "direct", router: "a plain router instead", relay: "a user-mode relay (socat)" }[path];
}

/** What the cores work for the way itself, whatever client and APIM cost: the limit of a machine that does nothing else. */
export function workRows(results: Results): string[][] {
  const work = (path: Path, figure: Figure): string => `${results.added(path, figure).toFixed(1)} µs`;
  return results.ways.map((path) => [name(path), work(path, "connectionWork"), work(path, "requestWork")]);
}

/** How much better one forwarder is than the relay, and how much better the direct way is, which nothing can exceed. */
export function againstRelay(results: Results): string {
  const times = (ratio: number): string => `${ratio.toFixed(1)} times`;
  const rate = (path: Path, figure: Figure): string =>
    times(results.ratio(path, figure) / results.ratio("relay", figure));
  const work = (figure: Figure): string => times(results.added("relay", figure) / results.added(1, figure));
  return [
    `Against the relay, one forwarder carries ${rate(1, "connections")} the new TLS connections and ${rate(1, "requests")} the`,
    `requests (the direct way ${rate("direct", "connections")} and ${rate("direct", "requests")}), and with the same work`,
    `${work("connectionWork")} the connections and ${work("requestWork")} the requests.`,
  ].join("\n");
}
