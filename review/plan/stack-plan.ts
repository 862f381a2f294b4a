import { factsOf } from "../facts/facts";
import { Declared, resourcesOf, texts } from "../read/declared";
import { object } from "../read/json";
import { Stack } from "../read/stacks";
import { Reference, referenceOf } from "../read/template";
import { referencesBelow } from "./dependencies";
import { changesAt, Difference, differences } from "./differences";
import { withIgnored } from "./ignored";
import { forgotten, imported, movesOf } from "./moves";
import { fingerprint, Value, ValueObject } from "./value";
import { Surroundings, World } from "./world";

/** What Terraform would do to a resource. */
export type Action = "create" | "update" | "replace" | "destroy" | "unknown" | "none";

/** What happens to one resource. */
export interface Change {
  readonly stack: string;
  /** As Terraform prints it. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** The address that it had before, where it moved. */
  readonly movedFrom?: string;
  readonly differences: readonly Difference[];
  /** The resources whose change replaces it, by `replace_triggered_by`. */
  readonly triggers: readonly string[];
  readonly before?: Declared;
  readonly after?: Declared;
}

/** What happens in one stack, and the stack before and after it. */
export interface StackPlan {
  readonly name: string;
  /** Every resource of either side by its address. */
  readonly changes: ReadonlyMap<string, Change>;
  readonly before: World;
  /** As Terraform plans it: what is made anew is not known. */
  readonly after: World;
  /** As it is when everything has been applied. */
  readonly applied: World;
  /** The names of the outputs that say something else afterwards. */
  readonly outputs: readonly string[];
  readonly stacks: readonly [before: Stack | undefined, after: Stack | undefined];
}

/** An output of another stack, by where its state is kept. */
export type Outputs = (state: string, name: string) => Value | undefined;

/** Plans one stack, once the stacks that it reads are planned. */
export function planStack(
  name: string,
  before: Stack | undefined,
  after: Stack | undefined,
  outputs: { readonly before: Outputs; readonly after: Outputs },
): StackPlan {
  const old = new World(before, { ...UNTOUCHED, output: outputs.before });
  const moves = movesOf(after, old.resources, resourcesOf(after));
  const names = { before, after, moves, forgotten: forgotten(after), imported: imported(after), name };
  let changes: ReadonlyMap<string, Change> = new Map();
  // what Terraform overlooks stays, for whoever refers to it too; what is made anew is made as it is written.
  const kept = (declared: Declared, values: ValueObject): ValueObject => {
    const before = old.resources.get(moves.get(declared.address) ?? declared.address);
    const stays = before?.type === declared.type && !isNew(changes.get(declared.address));
    return stays ? withIgnored(declared, old.arguments(before), values) : values;
  };
  const around = { ...UNTOUCHED, kept, output: outputs.after };
  changes = judged(names, old, new World(after, around), changes);
  // replacement spreads through what is not known any more, and never shrinks.
  for (let seen = ""; seen !== actionsOf(changes);) {
    seen = actionsOf(changes);
    changes = judged(names, old, planned(after, changes, around), changes);
  }
  const renewed = (address: string): boolean => isNew(changes.get(address));
  const applied = new World(after, { ...around, renewed });
  const said = [...new Set([before, after].flatMap((stack) => Object.keys(object(stack?.json.output))))];
  return {
    name,
    changes,
    before: old,
    after: planned(after, changes, around),
    applied,
    outputs: said.filter((one) => fingerprint(old.output(one)) !== fingerprint(applied.output(one))).sort(),
    stacks: [before, after],
  };
}

const UNTOUCHED: Surroundings = {
  kept: (_, values) => values,
  unknown: () => [],
  deferred: () => [],
  renewed: () => false,
  output: () => undefined,
};

function planned(after: Stack | undefined, changes: ReadonlyMap<string, Change>, around: Surroundings): World {
  const world: World = new World(after, {
    ...around,
    unknown: (address, attribute) => {
      const change = changes.get(address);
      const again = change?.action === "update" && factsOf(change.type)?.recomputed.includes(attribute);
      return isNew(change) || again || change?.action === "unknown" ? [address] : [];
    },
    deferred: (address) => {
      // Terraform reads a data source once everything is done to what it names, whatever the name is needed for.
      const body = world.data.get(address)?.body ?? {};
      const named = new Set([...texts(body.depends_on), ...referencesBelow(body).map(({ root }) => root)]);
      const busy = [...changes.values()].filter(({ action }) => action !== "none");
      return busy.map((one) => one.address).filter((one) => named.has(one) || named.has(one.replace(/\[.*$/, "")));
    },
  });
  return world;
}

const isNew = (change: Change | undefined): boolean => change?.action === "create" || change?.action === "replace";

const actionsOf = (changes: ReadonlyMap<string, Change>): string =>
  [...changes.values()].map(({ address, action }) => `${address} ${action}`).join("\n");

interface Names {
  readonly name: string;
  /** Old addresses by new ones. */
  readonly moves: ReadonlyMap<string, string>;
  readonly forgotten: (address: string) => boolean;
  readonly imported: ReadonlySet<string>;
}

function judged(
  { name, moves, forgotten, imported }: Names,
  old: World,
  now: World,
  so: ReadonlyMap<string, Change>,
): ReadonlyMap<string, Change> {
  const gone = new Set([...old.resources.keys()].filter((address) => ![...moves.values()].includes(address)));
  const changes = [...now.resources.values()].map((after): Change => {
    const movedFrom = moves.get(after.address);
    const before = old.resources.get(movedFrom ?? after.address);
    if (before) gone.delete(before.address);
    const base = { stack: name, address: after.address, type: after.type, movedFrom, before, after };
    if (before === undefined || before.type !== after.type) {
      const action = imported.has(after.address) ? "unknown" : "create";
      return { ...base, before: undefined, action, differences: [], triggers: [] };
    }
    const was = old.arguments(before);
    const found = differences(factsOf(after.type), was, withIgnored(after, was, now.arguments(after)));
    const triggers = triggersOf(after, so);
    return { ...base, action: actionOf(found, triggers), differences: found, triggers };
  });
  const destroyed = [...gone].flatMap((address): Change[] => {
    const before = old.resources.get(address);
    if (before === undefined || forgotten(address)) return [];
    return [{ stack: name, address, type: before.type, action: "destroy", differences: [], triggers: [], before }];
  });
  return new Map([...changes, ...destroyed].map((change) => [change.address, change]));
}

function actionOf(found: readonly Difference[], triggers: readonly string[]): Action {
  const effects = new Set(found.map(({ effect }) => effect));
  if (triggers.length > 0 || effects.has("replaces")) return "replace";
  if (effects.has("unknown")) return "unknown";
  return found.length > 0 ? "update" : "none";
}

/** The resources that make this one anew by `replace_triggered_by`: only those that were there and change do. */
function triggersOf(resource: Declared, so: ReadonlyMap<string, Change>): string[] {
  return texts(object(resource.body.lifecycle).replace_triggered_by).flatMap((text) => {
    const reference = referenceOf(text);
    const found = reference === undefined ? [] : referredTo(reference, so);
    return found.flatMap(([change, path]) => (triggers(change, path) ? [change.address] : []));
  });
}

/** The changes that a reference is to, each with the steps that are left: of all instances where it names none. */
function referredTo({ root, path }: Reference, so: ReadonlyMap<string, Change>): [Change, Reference["path"]][] {
  const [key, ...rest] = path;
  const [own, instance] = [so.get(root), so.get(`${root}[${JSON.stringify(key)}]`)];
  if (own) return [[own, path]];
  if (instance) return [[instance, rest]];
  const all = [...so.values()].filter(({ address }) => address.startsWith(`${root}[`));
  return path.length === 0 ? all.map((change) => [change, path]) : [];
}

function triggers({ action, type, before, differences: found }: Change, path: Reference["path"]): boolean {
  const goesOn = action === "update" || action === "replace" || (action === "unknown" && before !== undefined);
  if (!goesOn) return false;
  if (path.length === 0 || found.some((one) => changesAt(one, path))) return true;
  const attribute = path.filter((step) => typeof step === "string").join(".");
  const facts = factsOf(type);
  const given = (action === "replace" ? facts?.computed : facts?.recomputed) ?? [];
  return given.some((one) => one === attribute || one.startsWith(`${attribute}.`));
}
