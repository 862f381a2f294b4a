import { object } from "../read/json";
import { Breakage } from "./breakage";
import { resource } from "./stack-edit";

/** What keeps an endpoint from the service. */
export const inPrivateLink: readonly Breakage[] = [
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
