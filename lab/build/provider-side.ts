import { gatewayOf } from "../read/ip";
import { Apim, Design } from "../read/model";
import * as topology from "./topology";

/** The fabric's end of the cable to the provider's router. */
export const PROVIDER_LINK = "provider";

/** Builds the provider's side: the fabric, the router and APIM's place; the forwarders plug themselves in. */
export async function buildProvider({ apim }: Design): Promise<void> {
  await Promise.all([
    topology.router(topology.FABRIC),
    topology.router(topology.PROVIDER),
    topology.place(topology.APIM),
  ]);
  await topology.cable(topology.FABRIC, PROVIDER_LINK, topology.PROVIDER, "fabric");
  const answer = ["sysctl", "-qw", "net.ipv4.conf.fabric.proxy_arp=1", "net.ipv4.neigh.fabric.proxy_delay=0"];
  await topology.runIn(topology.PROVIDER, answer);
  await topology.attach(topology.PROVIDER, topology.APIM, topology.APIM, apim.nic.address);
}

/** Gives the provider's side the addresses of a design; those of an earlier one stay, and nothing leads to them. */
export async function addressProvider(design: Design): Promise<void> {
  const { apim, networks, frontends, services, forwarders } = design;
  const subnets = [...forwarders.map(({ nic }) => nic.subnet), apim.nic.subnet];
  const gateways = new Set(subnets.map(({ prefix }) => gatewayOf(prefix)));
  const outside = [
    ...frontends.map(({ address }) => address),
    ...services.flatMap(({ nat }) => nat.map(({ address }) => address)),
  ];
  const owned = [...new Set([topology.PLATFORM, ...outside])].filter((address) => /^[\d.]+$/.test(address));
  await topology.configure(topology.PROVIDER, [
    ...[...gateways].map((gateway) => `address replace ${gateway}/32 dev lo`),
    ...owned.map((address) => `route replace ${address}/32 dev fabric`),
    `route replace ${apim.nic.address}/32 dev ${topology.APIM}`,
  ]);
  await topology.configure(topology.FABRIC, [
    ...owned.map((address) => `address replace ${address}/32 dev lo`),
    ...networks
      .flatMap(({ addressSpace }) => addressSpace)
      .map((prefix) => `route replace ${prefix} dev ${PROVIDER_LINK}`),
  ]);
}

/** Gives APIM its address, and takes the one away that it had unless it stays for a while. */
export async function addressApim({ nic: { address, subnet } }: Apim, staying?: string): Promise<void> {
  await topology.configure(topology.APIM, [
    "address flush dev eth0 scope global",
    ...(staying === undefined ? [] : [`address add ${staying}/32 dev eth0`]),
    `address add ${address}/${subnet.prefix.split("/")[1]} dev eth0`,
    `route replace default via ${gatewayOf(subnet.prefix)}`,
  ]);
}
