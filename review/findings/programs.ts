import { Finding } from "./finding";
import { Situation } from "./situation";
import { code } from "./words";

/** Programs that run where Terraform runs, with all that it may do. */
export function programs({ plan }: Situation): Pick<Finding, "addresses" | "why" | "instead">[] {
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
  return [...provisioned, ...external].map(({ address }) => ({
    addresses: [address],
    why: `${code(address)} runs a program of its own where Terraform runs, ${address.startsWith("data.") ? "with every plan already" : "when it is made"}, with all that Terraform may do.`,
    instead: "Read the program as you would read any other that gets these credentials.",
  }));
}
