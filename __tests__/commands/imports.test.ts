import { importBlocks } from "../../commands/import-ids";
import { shipped, synthesized } from "../support/synthesized";

const blocksOf = (deployment: string, stack: string) =>
  importBlocks(JSON.stringify(synthesized(shipped(deployment))[stack]));
const ids = (blocks: string[]) =>
  blocks.map((block) => /id = "(.*)"/.exec(block)?.[1]?.replace(/^.*\/resourceGroups\//, ""));

describe("the import blocks of the tutorial's set-up", () => {
  const provider = blocksOf("tutorial", "provider");
  const consumer = blocksOf("tutorial", "consumer-external");

  it("name every resource of the provider by the tutorial's names", () => {
    const network = "PrivateAPIM/providers/Microsoft.Network";
    const balancer = `${network}/loadBalancers/PrivateLinkServiceLB`;
    const machine = "PrivateAPIM/providers/Microsoft.Compute/virtualMachines/VmPls01";
    expect(ids(provider.blocks).sort()).toEqual(
      [
        "PrivateAPIM",
        "PrivateAPIM/providers/Microsoft.ApiManagement/service/apim4821",
        machine,
        `${machine}/extensions/forwarding`,
        balancer,
        `${balancer}/backendAddressPools/plsVMforwarderPool`,
        `${balancer}/loadBalancingRules/plsHTTPS`,
        `${balancer}/probes/Check443`,
        `${balancer}/backendAddressPools/plsVMforwarderPool`,
        `${network}/networkInterfaces/VmPls01-nic`,
        `${network}/networkSecurityGroups/NSG-APIM`,
        `${network}/networkSecurityGroups/NSG-PLS`,
        `${network}/privateLinkServices/APIM-PLS`,
        `${network}/virtualNetworks/MainNet`,
        ...["apimSubnet", "plsSubnet"].flatMap((subnet) =>
          Array<string>(2).fill(`${network}/virtualNetworks/MainNet/subnets/${subnet}`),
        ),
      ].sort(),
    );
    expect(provider.left).toEqual([]);
  });

  it("have both ids of a machine's place in the pool", () => {
    expect(provider.blocks.join("")).toContain(
      "/networkInterfaces/VmPls01-nic/ipConfigurations/ipconfig1|/subscriptions/",
    );
  });

  it("name the consumer's in its own subscription", () => {
    expect(consumer.blocks.join("")).toContain(
      [
        "import {",
        "  to = azurerm_private_endpoint.ConsumerEndpoint_6CE43D7C",
        '  id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/APIM/providers/Microsoft.Network/privateEndpoints/APIM-PE"',
        "}",
      ].join("\n"),
    );
    expect(consumer.left).toEqual([]);
  });

  it("leave out what names do not tell", () => {
    const { blocks, left } = importBlocks(
      JSON.stringify({
        resource: { terraform_data: { a: {} }, azurerm_lb: { b: { name: "x", resource_group_name: "${var.g}" } } },
      }),
    );
    expect(blocks).toEqual([]);
    expect(left).toEqual(["azurerm_lb.b"]);
  });

  it("put records into the subscription of their zone", () => {
    const { blocks } = blocksOf("existing-estate", "consumer-shop");
    expect(blocks.some((block) => block.includes("/privateDnsZones/") && block.includes("/A/"))).toBe(true);
  });
});
