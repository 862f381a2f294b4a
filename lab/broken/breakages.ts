import type { Hop } from "../read/chain";
import { object } from "../read/json";
import { Stacks, payloadLine, remove, removeRule, resource, rule } from "./stack-edit";

/** One way to break a design, and what the lab has to say about it. */
export interface Breakage {
  readonly name: string;
  readonly hop: Hop;
  /** What the explanation has to say. */
  readonly why: RegExp;
  readonly apply: (stacks: Stacks) => void;
}

const APIM_GROUP = /apim/;
const FORWARDER_GROUP = /pls|forwarder/;

const filters: Breakage[] = [
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
];

const balancer: Breakage[] = [
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

const privateLink: Breakage[] = [
  {
    name: "the service leads to another frontend",
    hop: "private link service",
    why: /frontend spare, which no rule uses/,
    apply: (stacks) => {
      const loadBalancer = resource(stacks, "azurerm_lb");
      const frontends = loadBalancer.frontend_ip_configuration as object[];
      frontends.push({ ...frontends[0], name: "spare", private_ip_address: "10.0.1.77" });
      const service = resource(stacks, "azurerm_private_link_service");
      const [id] = service.load_balancer_frontend_ip_configuration_ids as string[];
      service.load_balancer_frontend_ip_configuration_ids = [id?.replace("[0]", "[1]")];
    },
  },
  {
    name: "network policies are on in the NAT subnet",
    hop: "private link service",
    why: /network policies are on in the NAT subnet/,
    apply: (stacks) => delete resource(stacks, "azurerm_subnet", /pls/).private_link_service_network_policies_enabled,
  },
  {
    name: "the service speaks the proxy protocol",
    hop: "private link service",
    why: /proxy protocol/,
    apply: (stacks) => (resource(stacks, "azurerm_private_link_service").enable_proxy_protocol = true),
  },
  {
    name: "the connection waits for approval",
    hop: "connection approval",
    why: /not on the auto-approval list/,
    apply: (stacks) => delete resource(stacks, "azurerm_private_link_service").auto_approval_subscription_ids,
  },
  {
    name: "the service is visible to others only",
    hop: "connection approval",
    why: /not visible to subscription/,
    apply: (stacks) =>
      (resource(stacks, "azurerm_private_link_service").visibility_subscription_ids = [
        "11111111-1111-1111-1111-111111111111",
      ]),
  },
  {
    name: "the endpoint asks for another service",
    hop: "private endpoint",
    why: /which no service of the deployment is/,
    apply: (stacks) => {
      const connection = object(resource(stacks, "azurerm_private_endpoint").private_service_connection);
      connection.private_connection_resource_id = "/subscriptions/x/privateLinkServices/another";
    },
  },
];

const names: Breakage[] = [
  {
    name: "a record is missing",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => {
      for (const stack of Object.values(stacks)) {
        const records = object(object(stack.resource).azurerm_private_dns_a_record);
        const [first] = Object.keys(records);
        if (first !== undefined) delete records[first];
      }
    },
  },
  {
    name: "a record leads elsewhere",
    hop: "dns",
    why: /leads to 10\.0\.1\.99, the endpoint is/,
    apply: (stacks) => (resource(stacks, "azurerm_private_dns_a_record").records = ["10.0.1.99"]),
  },
  {
    name: "there are no private zones",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => {
      remove(stacks, "azurerm_private_dns_zone_virtual_network_link");
      remove(stacks, "azurerm_private_dns_a_record");
      remove(stacks, "azurerm_private_dns_zone");
    },
  },
  {
    name: "the zones are not linked to the network",
    hop: "dns",
    why: /does not resolve/,
    apply: (stacks) => remove(stacks, "azurerm_private_dns_zone_virtual_network_link"),
  },
  {
    name: "a zone for the parent domain captures other hosts",
    hop: "dns",
    why: /not-apim-\S+ leads to nothing in/,
    apply: (stacks) => {
      const zone = resource(stacks, "azurerm_private_dns_zone");
      const record = resource(stacks, "azurerm_private_dns_a_record");
      record.name = zone.name.replace(".azure-api.net", "");
      zone.name = "azure-api.net";
    },
  },
];

const payload: Breakage[] = [
  {
    name: "forwarded connections keep the caller's address",
    hop: "forwarder",
    why: /vm-forwarder-1 sends packets that are not its own/,
    apply: (stacks) => payloadLine(stacks, /ct status dnat masquerade/),
  },
  {
    name: "the same, and the interface may send what is not its own",
    hop: "forwarder",
    why: /so that answers pass it by/,
    apply: (stacks) => {
      payloadLine(stacks, /ct status dnat masquerade/);
      resource(stacks, "azurerm_network_interface").ip_forwarding_enabled = true;
      // the caller's address is let in, so that the answers alone go astray.
      rule(stacks, APIM_GROUP, "forwarder-in").source_address_prefix = "VirtualNetwork";
    },
  },
  {
    name: "another target",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /define target_address/, () => "      define target_address = 10.0.2.99"),
  },
  {
    name: "the kernel does not forward",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /net\.ipv4\.ip_forward = 1/, (line) => line.replace("1", "0")),
  },
  {
    name: "only other sources are forwarded",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /define allowed_sources/, (line) => line.replace("10.0.1.0", "10.0.9.0")),
  },
  {
    name: "answers are dropped",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /ct direction reply accept/),
  },
  {
    name: "the packet rules cannot be read",
    hop: "forwarder",
    why: /apim-forwarder.service did not start/,
    apply: (stacks) => payloadLine(stacks, /chain prerouting \{/, (line) => `${line} nonsense`),
  },
  {
    name: "cloud-init cannot read its data",
    hop: "forwarder",
    why: /cloud-init cannot read the cloud-config/,
    apply: (stacks) => payloadLine(stacks, /^runcmd:/, () => "  runcmd: ["),
  },
  {
    name: "the units start, but are not enabled",
    hop: "forwarder",
    why: /after a reboot, vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /enable, --now/, (line) => line.replace("enable, --now", "start")),
  },
  {
    name: "the packet rules' unit does not remain, so that its way out takes them away",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /RemainAfterExit=/),
  },
  {
    name: "forwarded connections come from an address that is somebody else's",
    hop: "forwarder",
    why: /vm-forwarder-1 sends packets that are not its own, which Azure drops/,
    apply: (stacks) => payloadLine(stacks, /masquerade/, (line) => line.replace("masquerade", "snat to 10.0.1.77")),
  },
  {
    name: "something is downloaded at boot",
    hop: "forwarder",
    why: /boot of vm-forwarder-1: apt-get install -y haproxy ended with \d+/,
    apply: (stacks) => payloadLine(stacks, /daemon-reload/, () => "  - [ apt-get, install, -y, haproxy ]"),
  },
  {
    name: "the health agent answers whether APIM does or not",
    hop: "health probe",
    why: /the probe does not see that APIM is gone/,
    apply: (stacks) => payloadLine(stacks, /changed_by\(problem/, (line) => line.replace("problem is None", "True")),
  },
  {
    name: "the probe is passed on to APIM",
    hop: "health probe",
    why: /passes the probe on to APIM/,
    apply: (stacks) => {
      payloadLine(stacks, /ip saddr \$probe_source return/);
      payloadLine(stacks, /define allowed_sources/, (line) => line.replace("{ ", "{ 168.63.129.16, "));
    },
  },
  {
    name: "the health agent lacks a capability",
    hop: "health probe",
    why: /probe forwarder-health of vm-forwarder-1 on port 443: (ECONNREFUSED|no answer)/,
    apply: (stacks) =>
      payloadLine(stacks, /CapabilityBoundingSet=/, () => "      CapabilityBoundingSet=CAP_NET_BIND_SERVICE"),
  },
];

/** Every way to break a design that the lab has to find. */
export const BREAKAGES: readonly Breakage[] = [...filters, ...balancer, ...privateLink, ...names, ...payload];
