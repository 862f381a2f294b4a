import { Change } from "../plan/stack-plan";
import { blocks } from "../plan/differences";
import { fingerprint, isValueObject, plainText, Value, ValueObject } from "../plan/value";
import { Situation } from "./situation";
import { code } from "./words";

/** A rule of a network security group. */
export interface SecurityRule {
  readonly address: string;
  readonly group: string;
  readonly name: string;
  readonly allows: boolean;
  readonly inbound: boolean;
  readonly priority: number;
  readonly protocol: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Inclusive ranges. */
  readonly ports: readonly (readonly [first: number, last: number])[];
}

/** The rules before or after the change, by the name of their group. */
export function rulesOf(situation: Pick<Situation, "plan" | "of">, side: "before" | "after"): SecurityRule[] {
  const world = side === "before" ? situation.plan.before : situation.plan.applied;
  const values = (change: Change): ValueObject | undefined => {
    const declared = side === "before" ? change.before : change.after;
    return declared && world.arguments(declared);
  };
  const inline = situation.of("azurerm_network_security_group").flatMap((change) => {
    const group = values(change);
    return blocks(group?.security_rule).flatMap((rule) =>
      isValueObject(rule) ? [ruleOf(change.address, plainText(group?.name), rule)] : [],
    );
  });
  const apart = situation.of("azurerm_network_security_rule").flatMap((change) => {
    const rule = values(change);
    return rule ? [ruleOf(change.address, plainText(rule.network_security_group_name), rule)] : [];
  });
  return [...inline, ...apart];
}

function ruleOf(address: string, group: string, rule: ValueObject): SecurityRule {
  const texts = (...names: string[]): string[] =>
    names.flatMap((name) => blocks(rule[name]).map((one: Value) => (typeof one === "string" ? one : fingerprint(one))));
  const ports = texts("destination_port_range", "destination_port_ranges");
  return {
    address,
    group,
    name: plainText(rule.name),
    // Azure does not tell capitals from small letters here.
    allows: plainText(rule.access).toLowerCase() === "allow",
    inbound: plainText(rule.direction).toLowerCase() === "inbound",
    priority: Number(rule.priority),
    protocol: capitalized(plainText(rule.protocol)),
    from: texts("source_address_prefix", "source_address_prefixes", "source_application_security_group_ids"),
    to: texts(
      "destination_address_prefix",
      "destination_address_prefixes",
      "destination_application_security_group_ids",
    ),
    ports: ports.map(rangeOf),
  };
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

function rangeOf(text: string): readonly [number, number] {
  if (text === "*") return [0, 65_535];
  const [first = 0, last = first] = text.split("-").map(Number);
  return [first, last];
}

/** Whether one rule lets through everything that the other one does. */
export function covers(one: SecurityRule, other: SecurityRule): boolean {
  return (
    one.inbound === other.inbound &&
    (one.protocol === "*" || one.protocol === other.protocol) &&
    other.ports.every(([first, last]) => one.ports.some(([from, to]) => from <= first && last <= to)) &&
    other.from.every((place) => one.from.some((wide) => contains(wide, place))) &&
    other.to.every((place) => one.to.some((wide) => contains(wide, place)))
  );
}

/** Whether some connection may be one that both rules are about; a tag may be about any address. */
export function overlap(one: SecurityRule, other: SecurityRule): boolean {
  const meet = (places: readonly string[], others: readonly string[]): boolean =>
    places.some((a) => others.some((b) => contains(a, b) || contains(b, a) || !prefixOf(a) || !prefixOf(b)));
  return (
    one.inbound === other.inbound &&
    (one.protocol === "*" || other.protocol === "*" || one.protocol === other.protocol) &&
    one.ports.some(([first, last]) => other.ports.some(([from, to]) => from <= last && first <= to)) &&
    meet(one.from, other.from) &&
    meet(one.to, other.to)
  );
}

/** Whether every address of one place is in the other. */
export function contains(wide: string, place: string): boolean {
  if (wide === place || isAnywhere(wide)) return true;
  const [outer, inner] = [prefixOf(wide), prefixOf(place)];
  if (outer === undefined || inner === undefined || inner.bits < outer.bits) return false;
  const size = 2 ** (32 - outer.bits);
  return Math.floor(outer.start / size) === Math.floor(inner.start / size);
}

/** Whether a source is everybody. */
function isAnywhere(place: string): boolean {
  return ["*", "0.0.0.0/0", "::/0", "any"].includes(place.toLowerCase());
}

/** Whether a source has the internet in it, or so much of it that no network of one's own is that large. */
export function isInternet(place: string): boolean {
  return isAnywhere(place) || place.toLowerCase() === "internet" || (/\/[0-7]$/.test(place) && !/^f[cd]/i.test(place));
}

function prefixOf(text: string): { readonly start: number; readonly bits: number } | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (!found) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = found.slice(1, 5).map(Number);
  return { start: ((a * 256 + b) * 256 + c) * 256 + d, bits: Number(found[5] ?? 32) };
}

/** A rule in a sentence. */
export function ruleInWords({ name, group, from, to, ports, protocol, inbound }: SecurityRule): string {
  const range = ports.map(([first, last]) =>
    first === 0 && last === 65_535 ? "all ports" : first === last ? `${first}` : `${first}-${last}`,
  );
  const at = range.length === 1 && range[0] === "all ports" ? "all ports" : `port ${range.join(", ")}`;
  return `${code(name)} of ${code(group)}: ${protocol === "*" ? "any protocol" : code(protocol)} ${at} ${inbound ? "in" : "out"} from ${from.map((one) => code(one)).join(", ")} to ${to.map((one) => code(one)).join(", ")}`;
}
