import { Fact, TypeFacts } from "../facts/facts";
import { RULES } from "../facts/rules";
import { Reference, stepsOf } from "../read/template";
import { fingerprint, isValueObject, unknownAfter, Value, ValueObject } from "./value";
import { walked } from "./world";

/** One argument that differs. */
export interface Difference {
  /** Such as `frontend_ip_configuration[0].name`. */
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** Whether it replaces the resource; "unknown" where nothing is known of the argument. */
  readonly effect: "in place" | "replaces" | "unknown";
  /** Why it replaces, where that goes by the values. */
  readonly rule?: string;
  readonly secret: boolean;
}

/** The arguments of a resource that Terraform would see as changed. */
export function differences(facts: TypeFacts | undefined, before: ValueObject, after: ValueObject): Difference[] {
  return below(facts, "", "", before, after);
}

/** Whether a difference is in what the steps lead to. */
export function changesAt({ path, before, after }: Difference, steps: Reference["path"]): boolean {
  const at = stepsOf(path);
  if (!at.every((step, index) => index >= steps.length || step === steps[index])) return false;
  const [old, now] = [before, after].map((side) => walked(side ?? null, steps.slice(at.length)));
  return fingerprint(old) !== fingerprint(now) || unknownAfter(now).length > 0;
}

function below(
  facts: TypeFacts | undefined,
  key: string,
  path: string,
  before: ValueObject,
  after: ValueObject,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [factKey, at] = [key === "" ? name : `${key}.${name}`, path === "" ? name : `${path}.${name}`];
    const fact = facts?.arguments[factKey];
    if (facts && fact === undefined && facts.computed.includes(factKey)) return [];
    return fact?.block
      ? inBlocks(facts, fact, factKey, at, before[name], after[name])
      : inArgument(fact, at, before[name], after[name]);
  });
}

function inArgument(fact: Fact | undefined, path: string, before: Value | undefined, after: Value | undefined) {
  const [old, now] = [settledValue(fact, path, before), settledValue(fact, path, after)];
  if (now === undefined && fact?.given) return [];
  if (fingerprint(old) === fingerprint(now) && unknownAfter(now).length === 0) return [];
  return [difference(fact, path, before, after, [old, now])];
}

function difference(
  fact: Fact | undefined,
  path: string,
  before: Value | undefined,
  after: Value | undefined,
  judged: readonly [Value | undefined, Value | undefined] = [before, after],
): Difference {
  const ruled = fact?.rule ? RULES[fact.rule](...judged) : fact?.change === "replaces" && fact.counts !== true;
  const effect = fact === undefined ? "unknown" : ruled ? "replaces" : "in place";
  return { path, before, after, effect, rule: fact?.rule, secret: fact?.secret ?? false };
}

/** The value that azurerm compares. */
function settledValue(fact: Fact | undefined, path: string, value: Value | undefined): Value | undefined {
  if (value === undefined || value === null) return fact?.default;
  if (path === "location" && typeof value === "string") return value.toLowerCase().replaceAll(" ", "");
  if (!Array.isArray(value)) return value;
  const items = value as readonly Value[];
  if (items.length === 0) return undefined;
  return fact?.set ? [...items].sort((a, b) => (fingerprint(a) < fingerprint(b) ? -1 : 1)) : items;
}

function inBlocks(
  facts: TypeFacts | undefined,
  fact: Fact,
  key: string,
  path: string,
  before: Value | undefined,
  after: Value | undefined,
): Difference[] {
  const [old, now] = [blocks(before), blocks(after)];
  if (now.length === 0 && fact.given && !(fact.emptied && Array.isArray(after))) return [];
  const pairs = fact.block === "set" ? matched(facts, key, old, now) : inOrder(old, now);
  const inner = pairs.flatMap(([from, to, place]) => {
    const at = `${path}[${place}]`;
    if (!isValueObject(from ?? {}) || !isValueObject(to ?? {})) {
      return fingerprint(from) === fingerprint(to) ? [] : [difference(fact, at, from, to)];
    }
    const found = below(facts, key, at, (from ?? {}) as ValueObject, (to ?? {}) as ValueObject);
    // a block that comes or goes is a change even where it says nothing.
    const alone = from === undefined || to === undefined ? { ...difference(fact, at, from, to) } : undefined;
    return alone ? [{ ...alone, effect: replacing(found) ? ("replaces" as const) : alone.effect }] : found;
  });
  if (inner.length === 0) return [];
  const counted = fact.counts === true && old.length !== now.length;
  const ruled = fact.rule !== undefined && RULES[fact.rule](old, now);
  if (counted || ruled) return [...inner, { ...difference(fact, path, before, after), effect: "replaces" }];
  return fact.rule
    ? inner.map((one) => (one.path.endsWith("]") ? { ...one, effect: "in place" as const } : one))
    : inner;
}

const replacing = (found: readonly Difference[]): boolean => found.some(({ effect }) => effect === "replaces");

type Pair = readonly [before: Value | undefined, after: Value | undefined, place: string];

function inOrder(old: readonly Value[], now: readonly Value[]): Pair[] {
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => [old[index], now[index], `${index}`]);
}

/** Blocks without order: the equal ones apart, those of one name together. */
function matched(facts: TypeFacts | undefined, key: string, old: readonly Value[], now: readonly Value[]): Pair[] {
  const left = [...old];
  const changed = now.filter((block) => {
    const at = left.findIndex((other) => same(facts, key, other, block));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const pairs = changed.map((block): Pair => {
    const name = nameOf(block);
    const at = left.findIndex((other) => name !== undefined && nameOf(other) === name);
    const [from] = at < 0 ? [undefined] : left.splice(at, 1);
    return [from, block, JSON.stringify(name ?? "")];
  });
  return [...pairs, ...left.map((block): Pair => [block, undefined, JSON.stringify(nameOf(block) ?? "")])];
}

function same(facts: TypeFacts | undefined, key: string, one: Value, other: Value): boolean {
  if (!isValueObject(one) || !isValueObject(other)) return fingerprint(one) === fingerprint(other);
  return below(facts, key, "", one, other).length === 0;
}

function nameOf(block: Value): string | undefined {
  const name = isValueObject(block) ? (block.name ?? block.username) : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Blocks as a list, whether or not a single one stands in one. */
export function blocks(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}
