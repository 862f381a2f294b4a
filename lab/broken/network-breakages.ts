import { Breakage } from "./breakage";
import { APIM_GROUP, FORWARDER_GROUP, addRoute, removeRule, resource, rule } from "./stack-edit";

/** What stops packets in the provider's network. */
export const inNetwork: readonly Breakage[] = [
  {
    name: "APIM's security group does not let the forwarders in",
    hop: "apim network security group",
    why: /network-in-denied .* denies what goes to APIM/,
    apply: (stacks) => removeRule(stacks, APIM_GROUP, "forwarder-in"),
  },
  {
    name: "a rule with a lower number denies what another allows",
    hop: "apim network security group",
    why: /rule no-https \(priority 99\) denies/,
    apply: (stacks) => {
      const allowed = rule(stacks, APIM_GROUP, "forwarder-in");
      resource(stacks, "azurerm_network_security_group", APIM_GROUP).security_rule.push({
        ...allowed,
        ...{ name: "no-https", priority: 99, access: "Deny" },
      });
    },
  },
  {
    name: "the forwarders' security group does not let connections in",
    hop: "forwarder network security group",
    why: /network-in-denied .* denies what goes to vm-forwarder-1/,
    apply: (stacks) => removeRule(stacks, FORWARDER_GROUP, "pls-in"),
  },
  {
    name: "the forwarders' security group lets another subnet in",
    hop: "forwarder network security group",
    why: /network-in-denied/,
    apply: (stacks) => (rule(stacks, FORWARDER_GROUP, "pls-in").source_address_prefix = "10.0.9.0/24"),
  },
  {
    name: "the forwarders' security group does not let the probe in",
    hop: "forwarder network security group",
    why: /network-in-denied/,
    apply: (stacks) => {
      // the tag VirtualNetwork has the probe's address in it, a prefix has not.
      rule(stacks, FORWARDER_GROUP, "pls-in").source_address_prefix = "10.0.1.0/24";
      removeRule(stacks, FORWARDER_GROUP, "probe-in");
    },
  },
  {
    name: "a route of the forwarders' subnet leads elsewhere",
    hop: "forwarder route",
    why: /vm-forwarder-1: route to-firewall of \S*pls\S* takes what is for APIM to 10\.0\.9\.4/,
    apply: (stacks) => addRoute(stacks, /pls/, "10.0.0.0/16"),
  },
  {
    name: "a route of APIM's subnet leads elsewhere",
    hop: "apim route",
    why: /APIM: route to-firewall of \S*apim\S* takes what is for vm-forwarder-1 to 10\.0\.9\.4/,
    apply: (stacks) => addRoute(stacks, /apim/, "10.0.1.0/24"),
  },
];
