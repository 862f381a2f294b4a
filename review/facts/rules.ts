// What azurerm decides by the values: CustomizeDiff of each resource at v4.62.0 and v4.81.0, the same in both.

/** An argument's value as the plan knows it: blocks as lists, sets sorted; what only Azure knows is a text of its own. */
type Value = unknown;

/** Whether a change from the one value to the other replaces the resource. */
type Decision = (before: Value, after: Value) => boolean;

/** The conditional rules, by the name that the facts use. */
export const RULES = {
  /** azurerm_api_management: only None to Internal or External is done in place. */
  networkTypeOnceSet: (before, after) =>
    (before ?? "None") !== "None" || !["Internal", "External"].includes(String(after)),
  /** azurerm_api_management: a network that is set stays, its subnet too. */
  networkOnceSet: (before, after) => length(before) !== 0 || length(after) === 0,
  /** azurerm_api_management: a v2 tier is another kind of service than a classic one. */
  acrossV2: (before, after) => String(before).includes("V2") !== String(after).includes("V2"),
  /** azurerm_lb: the last frontend goes, or a frontend of the same name gets other zones. */
  lastFrontendOrZones: (before, after) => {
    const [old, now] = [list(before), list(after)] as Record<string, Value>[][];
    if ((old ?? []).length > 0 && (now ?? []).length === 0) return true;
    return (now ?? []).some((frontend) =>
      (old ?? []).some((other) => text(other.name) === text(frontend.name) && zones(other) !== zones(frontend)),
    );
  },
  /** scale sets: zones can be added, not taken away. */
  zoneTakenAway: (before, after) => list(before).some((zone) => !list(after).map(text).includes(text(zone))),
  /** azurerm_public_ip: a scope can be given to an address that has none, nothing else. */
  scopeOnceSet: (before, after) => (before ?? "") !== "" || (after ?? "") === "",
} satisfies Record<string, Decision>;

/** The name of a conditional rule. */
export type Rule = keyof typeof RULES;

const list = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
const length = (value: Value): number => list(value).length;
const text = (value: Value): string => JSON.stringify(value) ?? "";
const zones = (frontend: Record<string, Value>): string => JSON.stringify(list(frontend.zones).map(text).sort());
