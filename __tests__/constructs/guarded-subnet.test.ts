import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { forwarderSecurityRules } from "../../lib/azure/network-security-rules";
import { GuardedSubnet, GuardedSubnetProps } from "../../lib/network/guarded-subnet";
import { RESOURCE_GROUP, SUBNET, template } from "../support/template";

const PROPS = {
  name: "snet-test",
  addressPrefix: "10.0.1.0/24",
  networkSecurityGroup: "nsg-test",
  securityRules: [],
} satisfies Partial<GuardedSubnetProps>;

function synth(props: Partial<GuardedSubnetProps> = {}) {
  return template((stack) => {
    const virtualNetwork = new VirtualNetwork(stack, "VirtualNetwork", {
      name: "vnet-test",
      resourceGroupName: "rg-network",
      location: "uksouth",
      addressSpace: ["10.0.0.0/16"],
    });
    const subject = new GuardedSubnet(stack, "Subject", {
      ...PROPS,
      virtualNetwork,
      resourceGroup: RESOURCE_GROUP,
      ...props,
    });
    new ResourceGroup(stack, "Waits", { name: "rg-waits", location: "uksouth", dependsOn: [...subject.ready] });
  });
}

describe("a subnet with a role", () => {
  it("stands in its network, with a security group where it is told", () => {
    const stack = synth();
    const network = stack.one(VirtualNetwork);
    expect(stack.one(Subnet).values).toEqual({
      name: "snet-test",
      resource_group_name: network.ref("resource_group_name"),
      virtual_network_name: network.ref("name"),
      address_prefixes: ["10.0.1.0/24"],
      lifecycle: { replace_triggered_by: [`${network.address}.id`] },
    });
    expect(stack.one(NetworkSecurityGroup).values).toMatchObject({
      name: "nsg-test",
      resource_group_name: "rg-test",
      location: "uksouth",
    });
  });

  it("is guarded by the security group", () => {
    const stack = synth();
    expect(stack.one(SubnetNetworkSecurityGroupAssociation).values).toEqual({
      subnet_id: stack.one(Subnet).ref(),
      network_security_group_id: stack.one(NetworkSecurityGroup).ref(),
    });
  });

  it("is ready when the security group is associated", () => {
    const stack = synth();
    expect(stack.named(ResourceGroup, "rg-waits").values.depends_on).toEqual([
      stack.one(SubnetNetworkSecurityGroupAssociation).address,
    ]);
  });

  it("changes its rules once Azure has taken the prefixes that they name", () => {
    const stack = synth({ named: [SUBNET] });
    expect(stack.one(NetworkSecurityGroup).values.depends_on).toEqual([stack.one(Subnet).address, "test_subnet.other"]);
  });

  it("has the rules that it is given", () => {
    const rules = synth({ securityRules: forwarderSecurityRules("10.0.2.0/24", [443]) }).one(
      NetworkSecurityGroup,
    ).values;
    expect(rules.security_rule.map(({ name }: { name: string }) => name)).toEqual([
      "pls-in",
      "probe-in",
      "network-in-denied",
    ]);
  });

  it.each([true, false])("says whether policies bind Private Link: %p", (enabled) => {
    const subnet = synth({ privateLinkServiceNetworkPoliciesEnabled: enabled }).one(Subnet);
    expect(subnet.values.private_link_service_network_policies_enabled).toBe(enabled);
  });

  it.each([true, false])("says whether there is a default way out: %p", (enabled) => {
    const subnet = synth({ defaultOutboundAccessEnabled: enabled }).one(Subnet);
    expect(subnet.values.default_outbound_access_enabled).toBe(enabled);
  });
});
