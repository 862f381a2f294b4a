/** How a part of the picture changes. */
export type Status = "same" | "new" | "changed" | "replaced" | "gone" | "unknown";

/** Something that stands somewhere. */
export interface Thing {
  readonly id: string;
  readonly lines: readonly string[];
  readonly status: Status;
}

/** A place with things, and places, in it. */
export interface Place extends Thing {
  readonly things: readonly Thing[];
  readonly places: readonly Place[];
}

/** A way of a connection. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Whether the change cuts it. */
  readonly cut: boolean;
}

/** A picture of a deployment, before anybody lays it out. */
export interface Drawing {
  readonly places: readonly Place[];
  readonly ways: readonly Way[];
}

/** The worst of several. */
export function worst(statuses: readonly Status[]): Status {
  const order: readonly Status[] = ["gone", "replaced", "unknown", "changed", "new", "same"];
  return order.find((status) => statuses.includes(status)) ?? "same";
}

/** The colours of a status: filling and line. */
export const COLOURS: Readonly<Record<Status, readonly [fill: string, line: string]>> = {
  same: ["#ffffff", "#57606a"],
  new: ["#dafbe1", "#1a7f37"],
  changed: ["#fff8c5", "#9a6700"],
  replaced: ["#ffebe9", "#cf222e"],
  gone: ["#ffcecb", "#82071e"],
  unknown: ["#fbefff", "#8250df"],
};

/** What a status means, for the legend and for those who do not see colours. */
export const MEANINGS: Readonly<Record<Status, string>> = {
  same: "",
  new: "new",
  changed: "changed",
  replaced: "made anew",
  gone: "deleted",
  unknown: "not known",
};
