import { Remark } from "./finding";
import { Declared, texts } from "../read/declared";
import { object } from "../read/json";
import { Situation } from "./situation";
import { code } from "./words";

/** Programs that run where Terraform runs, with all that it may do. */
export function programs({ plan }: Situation): Remark[] {
  const { before, after } = plan;
  const text = (value: unknown): string => JSON.stringify(value ?? null);
  const provisioned = [...after.resources.values()].filter(
    ({ address, body }) =>
      body.provisioner !== undefined &&
      text(body.provisioner) !== text(before.resources.get(address)?.body.provisioner),
  );
  const external = [...after.data.values()].filter(
    ({ address, type, body }) => type === "external" && text(body) !== text(before.data.get(address)?.body),
  );
  const asked = [...after.data.values()].filter(
    ({ address, type, body }) => type === "http" && text(body) !== text(before.data.get(address)?.body),
  );
  return [
    ...opaque(plan),
    ...otherProviders(plan),
    ...asked.map(asks),
    ...[...provisioned, ...external].map(({ address }) => ({
      addresses: [address],
      why: `${code(address)} runs a program of its own where Terraform runs, ${address.startsWith("data.") ? "with every plan already" : "when it is made"}, with all that Terraform may do.`,
      instead: "Read the program as you would read any other that gets these credentials.",
    })),
  ];
}

function asks({ address }: Declared): Remark {
  return {
    addresses: [address],
    why: `${code(address)} sends a request with every plan, from where Terraform runs.`,
    instead: "See where it goes, and what of the deployment is in it.",
  };
}

/** What makes things that no list of this review has. */
function opaque({ stacks: [before, after], changes }: Situation["plan"]): Remark[] {
  const modules = Object.entries(object(after?.json.module)).filter(
    ([name, body]) => JSON.stringify(body) !== JSON.stringify(object(before?.json.module)[name]),
  );
  const templates = [...changes.values()].filter(
    ({ type, action }) => /_template_deployment$|^azapi_/.test(type) && action !== "none" && action !== "destroy",
  );
  return [...modules.map(([name]) => `module.${name}`), ...templates.map(({ address }) => address)].map((address) => ({
    addresses: [address],
    why: `${code(address)} makes what the review does not see: nothing here says what that opens.`,
    instead: "Look at Terraform's own plan, and at what the template or module makes.",
  }));
}

interface Required {
  readonly source: string;
  readonly version: string;
}

/** Providers that come in, or that may be of any later version from now on: programs that run where Terraform does. */
function otherProviders({ stacks: [before, after] }: Situation["plan"]): Remark[] {
  // what a stack of its own needs is its design.
  if (before === undefined) return [];
  const required = (stack: typeof after): Required[] =>
    Object.entries(object(object(stack?.json.terraform).required_providers)).map(([name, body]) => ({
      source: texts(object(body).source)[0] ?? `hashicorp/${name}`,
      version: texts(object(body).version)[0] ?? "",
    }));
  const had = new Map(required(before).map(({ source, version }) => [source, version]));
  const has = [...new Map(required(after).map((one) => [one.source, one])).values()];
  return [
    ...has
      .filter(({ source }) => !had.has(source))
      .map(({ source }) => ({
        addresses: [],
        why: `Terraform downloads another provider, ${code(source)}, and runs it with all that Terraform may do.`,
        instead: "See who makes it, and that the lock file pins it.",
      })),
    ...has
      .filter(({ source, version }) => isBounded(had.get(source) ?? "") && !isBounded(version))
      .map(({ source, version }) => ({
        addresses: [],
        why: `Terraform may run any later version of the provider ${code(source)} (${code(had.get(source))} → ${version === "" ? "none is named" : code(version)}), the next major one too.`,
        instead: "Name the first version that is not to be run: `< 5.0.0`.",
      })),
  ];
}

/** Whether a constraint ends somewhere: https://developer.hashicorp.com/terraform/language/expressions/version-constraints. */
function isBounded(constraint: string): boolean {
  return constraint.split(",").some((one) => /^\s*(<|~>|=|\d)/.test(one));
}
