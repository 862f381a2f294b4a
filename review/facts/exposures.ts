import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** An argument whose change lets more in. */
export interface ExposingArgument {
  /** The type of resource; `*` for every one. */
  readonly type: string;
  readonly path: string;
  /** The values that do; left out where every new value does. */
  readonly to?: string | boolean | readonly string[];
  /** It also counts for a resource that is made by the change, not only for one that was there. */
  readonly made?: boolean;
  readonly says: string;
}

/** What lets more in. */
export const EXPOSURES = parse(readFileSync(join(__dirname, "exposures.yaml"), "utf8"), {
  merge: true,
}) as {
  readonly arguments: readonly ExposingArgument[];
  /** By type of resource, what azurerm takes for an argument that opens something and is left out. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
  /** Types of resources that nobody reaches, and that reach nobody. */
  readonly harmless: readonly string[];
  /** By type of resource, what opens by its going. */
  readonly gone: Readonly<Record<string, string>>;
  /** By type of resource, what opens by its being there. */
  readonly resources: Readonly<Record<string, string>>;
};
