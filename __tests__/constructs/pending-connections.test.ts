import { DataAzurermPrivateLinkServiceEndpointConnections } from "@cdktf/provider-azurerm/lib/data-azurerm-private-link-service-endpoint-connections";
import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { TerraformOutput } from "cdktf";
import { PendingConnections } from "../../lib/provider/pending-connections";
import { PrivateLinkService } from "../../lib/provider/private-link-service";
import { Visibility } from "../../lib/provider/visibility";
import { RESOURCE_GROUP, SUBNET, template } from "../support/template";

const LOCATOR = {
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  resourceGroup: "rg-(test)",
  serviceName: "pls-test",
};

const stack = template((scope) => {
  const service = new PrivateLinkService(scope, "Service", {
    name: "pls-test",
    resourceGroup: RESOURCE_GROUP,
    loadBalancer: { frontendIpConfigurationId: "/frontend", carriers: [] },
    natSubnet: SUBNET,
    visibility: Visibility.roleBasedAccessOnly(),
  });
  const pending = new PendingConnections(scope, "Subject", {
    service,
    resourceGroup: RESOURCE_GROUP,
    locator: LOCATOR,
    consumers: { "/subscriptions/a/pe": "team" },
  });
  new TerraformOutput(scope, "list", { value: pending.list });
  new TerraformOutput(scope, "all", { value: pending.all });
});

describe("the connections that wait for their owner", () => {
  const data = stack.data(DataAzurermPrivateLinkServiceEndpointConnections);
  const list: string = JSON.parse(stack.text).output.list.value;

  it("are read of the service, after it is made", () => {
    expect(data.values).toEqual({
      service_id: stack.one(AzurermPrivateLinkService).ref(),
      resource_group_name: "rg-test",
    });
  });

  it("are those whose status is Pending, with the endpoint and what its owner wrote", () => {
    expect(list).toMatch(
      /^\$\{\[for connection in (\S+) : \{ consumer = .*, endpoint = connection\.private_endpoint_id, request = connection\.description, .* \} if connection\.status == "Pending"\]\}$/,
    );
    expect(list).toContain(`for connection in ${data.address}.private_endpoint_connections :`);
  });

  it.each([
    ["approve", "Approved"],
    ["reject", "Rejected"],
  ])("come with the command that would %s them, for the connection's own name", (key, status) => {
    expect(list).toContain(
      `${key} = format("az network private-link-service connection update --subscription ${LOCATOR.subscriptionId} --resource-group 'rg-(test)' --service-name 'pls-test' --connection-status ${status} --name '%s'", connection.connection_name)`,
    );
  });

  it("are one expression, which holds no other template", () => {
    expect(list.match(/\$\{/g)).toHaveLength(1);
    expect(list.match(/%s/g)).toHaveLength(2);
  });
});

describe("all connections", () => {
  const all: string = JSON.parse(stack.text).output.all.value;
  const [[address, consumers] = ["", {}]] = Object.entries(stack.locals);

  it("are listed with the consumer whose endpoint it is, whatever Azure's capitals, or null, and with the status", () => {
    expect(consumers).toEqual({ "/subscriptions/a/pe": "team" });
    const consumer = `consumer = try(${address}[lower(connection.private_endpoint_id)], null)`;
    expect(all).toContain(`{ ${consumer}, endpoint = connection.private_endpoint_id, status = connection.status }]}`);
    expect(all).not.toContain(" if ");
  });
});
