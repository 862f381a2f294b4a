import { z } from "zod";
import { EXPOSURES } from "../review/facts/exposures";
import { factsOf } from "../review/facts/facts";
import { plainText } from "../review/plan/value";
import { policy, Violation } from "./judge/policy";
import { argumentsIn, JudgedResource, JudgedStack } from "./judge/stack";

const APIM = "azurerm_api_management";
const TYPES = ["azurerm_public_ip", "azurerm_public_ip_prefix"];
/** `public_ip_address_id` of interfaces, load balancers, gateways and firewalls; the block of scale sets. */
const ARGUMENT = /^public_ip_(address|prefix)(es)?(_ids?)?$/;

export default policy({
  name: "public-address",
  why: "What has a public address can be tried by everybody, and this service is reached through Private Link only.",
  parameters: {
    // Azure manages the instance through it; callers do not come that way.
    publicAddressOfApim: z.boolean().default(false),
  },
  judge: (stack, { publicAddressOfApim }) => {
    const allowed = publicAddressOfApim ? ofApim(stack) : [];
    return stack.resources.flatMap((one) => [
      ...(TYPES.includes(one.type) && !allowed.includes(one.address)
        ? [{ address: one.address, said: `is ${EXPOSURES.resources[one.type]}` }]
        : []),
      ...(one.type === APIM && publicAddressOfApim ? [] : given(one)),
      ...(one.type === APIM ? gateway(one) : []),
    ]);
  },
});

function given(one: JudgedResource): Violation[] {
  return argumentsIn(one)
    .filter(({ last, value }) => ARGUMENT.test(last) && value !== "")
    .map(({ path }) => ({ address: one.address, said: `has a public address (${path})` }));
}

/** The public addresses that APIM names, for itself and its further regions. */
function ofApim({ resources }: JudgedStack): string[] {
  return resources
    .filter(({ type }) => type === APIM)
    .flatMap(argumentsIn)
    .filter(({ last }) => ARGUMENT.test(last))
    .map(({ value }) => plainText(value).replace(/^\$\{(.*)\.id\}$/, "$1"));
}

/** Only in internal mode has APIM no gateway on the internet. */
function gateway({ address, type, values }: JudgedResource): Violation[] {
  const network = plainText(values.virtual_network_type ?? factsOf(type)?.arguments.virtual_network_type?.default);
  const { says } = EXPOSURES.arguments.find(({ path, to }) => path === "virtual_network_type" && to === network) ?? {};
  return says === undefined ? [] : [{ address, said: `has virtual_network_type ${network}: ${says}` }];
}
