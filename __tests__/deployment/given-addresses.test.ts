import { Changes, complaints, edited } from "./edited";

const FRONTEND = "provider.loadBalancer.privateIpAddress";
const OWN = { "provider.network.subnets.forwarder": { addressPrefix: "10.0.3.0/28" } };
const IN_EXISTING = /must be left out in a subnet that exists, where Azure may give "10\.20\.\d\.\d+" to another first/;

const vms = (...addresses: (string | undefined)[]) => ({
  "provider.forwarder.virtualMachines": addresses.map((privateIpAddress, index) => ({
    name: `vm-${index + 1}`,
    ...(privateIpAddress === undefined ? {} : { privateIpAddress }),
  })),
});
const nat = (...natIpAddresses: string[]) => ({ "provider.privateLinkService": { natIpAddresses } });

describe("an address that the file gives in a subnet that it makes", () => {
  it("is refused where a machine that Azure addresses may get it first", () => {
    expect(complaints(edited("quickstart", { [FRONTEND]: "10.0.1.100", ...nat("10.0.1.4", "10.0.1.5") }))).toEqual([
      'provider.privateLinkService.natIpAddresses[0] must lie above the first 4 that Azure gives out, 10.0.1.4 to 10.0.1.7, which others of this deployment may get before, got "10.0.1.4"; or give every machine and NAT address there',
      'provider.privateLinkService.natIpAddresses[1] must lie above the first 4 that Azure gives out, 10.0.1.4 to 10.0.1.7, which others of this deployment may get before, got "10.0.1.5"; or give every machine and NAT address there',
    ]);
  });

  it("is refused once where it is the frontend's", () => {
    expect(complaints(edited("quickstart", nat("10.0.1.5")))).toEqual([
      `provider.privateLinkService.natIpAddresses[0] must differ from loadBalancer's address, got "10.0.1.5" again`,
    ]);
  });

  it.each<[string, Changes, number]>([
    ["the last of those that Azure gives out", nat("10.0.1.6"), 1],
    ["the first above them", nat("10.0.1.7"), 0],
    [
      "beside machines that are all given theirs",
      { ...nat("10.0.1.4", "10.0.1.5"), ...vms("10.0.1.6", "10.0.1.7") },
      0,
    ],
    ["a machine's beside one without", vms("10.0.1.7", undefined), 1],
    ["a machine's above all that is taken beside one without", vms("10.0.1.8", undefined), 0],
    ["a machine's beside NAT addresses of Azure's choice", vms("10.0.1.4"), 1],
    ["of machines alone in a subnet of their own", { ...OWN, ...vms("10.0.3.4", "10.0.3.5") }, 0],
    ["of one machine beside another in a subnet of their own", { ...OWN, ...vms("10.0.3.5", undefined) }, 1],
    [
      "of NAT beside a scale set",
      { ...nat("10.0.1.6"), "provider.forwarder.scaleSet": { name: "vmss", instances: 1 } },
      1,
    ],
    ["the frontend's, which is taken before any other", { [FRONTEND]: "10.0.1.4" }, 0],
  ])("is judged: %s", (_, changes, refused) => {
    expect(complaints(edited("quickstart", { [FRONTEND]: "10.0.1.100", ...changes }))).toHaveLength(refused);
  });
});

describe("an address that the file gives in a subnet that exists", () => {
  it.each<[string, Changes, number]>([
    ["a NAT address beside a machine that Azure addresses", nat("10.20.3.20"), 1],
    ["all of them", { ...nat("10.20.3.20"), ...vms("10.20.3.21") }, 0],
    ["the frontend's only", {}, 0],
  ])("is judged: %s", (_, changes, refused) => {
    const said = complaints(edited("existing-estate", { "provider.network.subnets.forwarder": undefined, ...changes }));
    expect(said.filter((complaint) => IN_EXISTING.test(complaint))).toHaveLength(refused);
    expect(said).toHaveLength(refused);
  });
});
