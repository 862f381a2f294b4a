import { Json, object } from "../read/json";

/** A deployment's synthesized stacks by name, open to change. */
export type Stacks = Readonly<Record<string, Json>>;

/** A JSON object whose keys are known to whoever changes it. */
export type Args = Record<string, unknown> & {
  security_rule: Args[];
  name: string;
};

/** The names of the security groups on the way, and of the consumers' networks. */
export const APIM_GROUP = /apim/;
export const FORWARDER_GROUP = /pls|forwarder/;
export const CONSUMER_NETWORK = /consumer|external/;

/** The first resource of a type in any stack; a breakage that finds nothing to break is a mistake in itself. */
export function resource(stacks: Stacks, type: string, name?: RegExp): Args {
  const all = Object.values(stacks).flatMap((stack) => Object.values(object(object(stack.resource)[type])));
  const found = (all as Args[]).find((args) => name === undefined || name.test(args.name));
  if (!found) throw new Error(`no stack has ${type} ${name?.source ?? ""}`);
  return found;
}

/** Removes every resource of a type. */
export function remove(stacks: Stacks, type: string): void {
  resource(stacks, type);
  for (const stack of Object.values(stacks)) delete object(stack.resource)[type];
}

/** Removes a rule of a security group. */
export function removeRule(stacks: Stacks, group: RegExp, rule: string): void {
  const args = resource(stacks, "azurerm_network_security_group", group);
  const kept = args.security_rule.filter(({ name }) => name !== rule);
  if (kept.length === args.security_rule.length) throw new Error(`${args.name} has no rule ${rule}`);
  args.security_rule = kept;
}

/** A rule of a security group. */
export function rule(stacks: Stacks, group: RegExp, name: string): Args {
  const found = resource(stacks, "azurerm_network_security_group", group).security_rule.find(
    (one) => one.name === name,
  );
  if (!found) throw new Error(`no rule ${name}`);
  return found;
}

/** Changes a line of the forwarders' cloud-config; removes it when nothing is put there. */
export function payloadLine(stacks: Stacks, line: RegExp, change?: (line: string) => string): void {
  linesOf(stacks, "#cloud-config", line, change);
}

/** Changes a line of the script that brings it to machines that run; removes it when nothing is put there. */
export function scriptLine(stacks: Stacks, line: RegExp, change?: (line: string) => string): void {
  linesOf(stacks, "#!/bin/sh", line, change);
}

function linesOf(stacks: Stacks, first: string, line: RegExp, change?: (line: string) => string): void {
  let found = 0;
  for (const stack of Object.values(stacks)) {
    const locals = object(stack.locals);
    for (const [name, lines] of Object.entries(locals)) {
      if (!Array.isArray(lines) || lines[0] !== first) continue;
      locals[name] = (lines as string[]).flatMap((text) => {
        if (!line.test(text)) return [text];
        found += 1;
        return change ? [change(text)] : [];
      });
    }
  }
  if (found === 0) throw new Error(`no line below ${first} is like ${line.source}`);
}

/** Gives a subnet a route to somewhere else than Azure would take. */
export function addRoute(stacks: Stacks, subnet: RegExp, prefix: string): void {
  const [stack, [key]] = Object.values(stacks).flatMap((one) =>
    Object.entries(object(object(one.resource).azurerm_subnet))
      .filter(([, args]) => subnet.test(String(object(args).name)))
      .map((found) => [one, found] as const),
  )[0] ?? [undefined, []];
  if (stack === undefined || key === undefined) throw new Error(`no subnet is like ${subnet.source}`);
  const resources = object(stack.resource);
  const route = { name: "to-firewall", address_prefix: prefix, next_hop_type: "VirtualAppliance" };
  resources.azurerm_route_table = { Detour: { name: "rt", route: [{ ...route, next_hop_in_ip_address: "10.0.9.4" }] } };
  resources.azurerm_subnet_route_table_association = {
    Detour: { subnet_id: `\${azurerm_subnet.${key}.id}`, route_table_id: "${azurerm_route_table.Detour.id}" },
  };
}
