import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { HostZone, HostZoneProps } from "../../lib/dns/host-zone";
import { template } from "../support/template";

const PROPS: HostZoneProps = {
  hostName: "contoso.azure-api.net",
  resourceGroupName: "rg-test",
  virtualNetwork: { id: "/vnet", name: "vnet-test" },
  ipAddress: "10.1.0.4",
  ttl: 300,
};

describe("the zone of a host name", () => {
  const stack = template((scope) => new HostZone(scope, "Subject", PROPS));
  const zone = stack.one(PrivateDnsZone);

  it("is the host name itself, not its parent domain", () => {
    expect(zone.values).toEqual({ name: "contoso.azure-api.net", resource_group_name: "rg-test" });
  });

  it("has the address at its apex", () => {
    expect(stack.one(PrivateDnsARecord).values).toEqual({
      name: "@",
      zone_name: zone.ref("name"),
      resource_group_name: "rg-test",
      ttl: 300,
      records: ["10.1.0.4"],
    });
  });

  it("answers the machines of one network and registers none of them", () => {
    expect(stack.one(PrivateDnsZoneVirtualNetworkLink).values).toEqual({
      name: "vnet-test",
      private_dns_zone_name: zone.ref("name"),
      resource_group_name: "rg-test",
      virtual_network_id: "/vnet",
      registration_enabled: false,
    });
  });
});
