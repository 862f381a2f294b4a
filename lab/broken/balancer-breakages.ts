import { Breakage } from "./breakage";
import { FORWARDER_GROUP, remove, resource, rule } from "./stack-edit";

/** What keeps the load balancer from a forwarder. */
export const inBalancer: readonly Breakage[] = [
  {
    name: "the rule has no probe",
    hop: "load balancer rule",
    why: /rule https has no probe/,
    apply: (stacks) => delete resource(stacks, "azurerm_lb_rule").probe_id,
  },
  {
    name: "the rule takes another port",
    hop: "load balancer rule",
    why: /no rule takes port 443/,
    apply: (stacks) => (resource(stacks, "azurerm_lb_rule").frontend_port = 8443),
  },
  {
    name: "the rule sends to a port that nobody forwards",
    hop: "forwarder network security group",
    why: /network-in-denied/,
    apply: (stacks) => (resource(stacks, "azurerm_lb_rule").backend_port = 8443),
  },
  {
    name: "the network interface is in no pool",
    hop: "load balancer pool",
    why: /the pool of rule https has no forwarder/,
    apply: (stacks) => remove(stacks, "azurerm_network_interface_backend_address_pool_association"),
  },
  {
    name: "the probe asks a closed port",
    hop: "health probe",
    why: /probe forwarder-health of vm-forwarder-1 on port 8080: ECONNREFUSED/,
    apply: (stacks) => {
      resource(stacks, "azurerm_lb_probe").port = 8080;
      rule(stacks, FORWARDER_GROUP, "probe-in").destination_port_range = "8080";
    },
  },
  {
    name: "floating IP is on",
    hop: "load balancer rule",
    why: /floating IP/,
    apply: (stacks) => (resource(stacks, "azurerm_lb_rule").floating_ip_enabled = true),
  },
];
