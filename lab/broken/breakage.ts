import type { Hop } from "../read/chain";
import { Stacks } from "./stack-edit";

/** One way to break a design, and what the lab has to say about it. */
export interface Breakage {
  readonly name: string;
  readonly hop: Hop;
  /** What the explanation has to say. */
  readonly why: RegExp;
  readonly apply: (stacks: Stacks) => void;
  /** Whether machines that run get it by their extension's script, as in Azure, and are not made anew. */
  readonly whileRunning?: boolean;
}
