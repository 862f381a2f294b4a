import { gatewayOf } from "../read/ip";
import { Design } from "../read/model";
import * as topology from "./topology";

/** The fabric's end of the cable to the provider's router. */
export const PROVIDER_LINK = "provider";

/** Builds the provider's side: the fabric, the router and APIM's place; the forwarders plug themselves in. */
export async function buildProvider(design: Design): Promise<void> {
  const { apim, networks, frontends, services, forwarders } = design;
  await Promise.all([
    topology.router(topology.FABRIC),
    topology.router(topology.PROVIDER),
    topology.place(topology.APIM),
  ]);
  await topology.cable(topology.FABRIC, PROVIDER_LINK, topology.PROVIDER, "fabric");
  const subnets = [...forwarders.map(({ nic }) => nic.subnet), apim.nic.subnet];
  const gateways = new Set(subnets.map(({ prefix }) => gatewayOf(prefix)));
  const outside = [
    ...frontends.map(({ address }) => address),
    ...services.flatMap(({ nat }) => nat.map(({ address }) => address)),
  ];
  const owned = [...new Set([topology.PLATFORM, ...outside])].filter((address) => /^[\d.]+$/.test(address));
  await topology.configure(topology.PROVIDER, [
    ...[...gateways].map((gateway) => `address add ${gateway}/32 dev lo`),
    ...owned.map((address) => `route add ${address}/32 dev fabric`),
  ]);
  await topology.configure(topology.FABRIC, [
    ...owned.map((address) => `address add ${address}/32 dev lo`),
    ...networks
      .flatMap(({ addressSpace }) => addressSpace)
      .map((prefix) => `route replace ${prefix} dev ${PROVIDER_LINK}`),
  ]);
  const answer = ["sysctl", "-qw", "net.ipv4.conf.fabric.proxy_arp=1", "net.ipv4.neigh.fabric.proxy_delay=0"];
  await topology.runIn(topology.PROVIDER, answer);
  const { address, subnet } = apim.nic;
  await topology.plug(
    topology.PROVIDER,
    topology.APIM,
    topology.APIM,
    address,
    subnet.prefix,
    gatewayOf(subnet.prefix),
  );
}
