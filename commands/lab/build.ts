import { consumerLink, endpointRules } from "./fabric";
import { gatewayOf } from "./ip";
import type { Place } from "./lab";
import { Design } from "./model";
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

/** Builds a consumer's side: its router with the endpoints and the resolver, and its client. */
export async function buildConsumer(place: Place, index: number): Promise<void> {
  const { consumer, router, client, resolver, endpoints } = place;
  await topology.router(router);
  await topology.place(client);
  const link = consumerLink(index);
  await topology.cable(topology.FABRIC, link, router, "fabric");
  const base = (endpoints[0]?.identity ?? "").replace(/\.\d+$/, "");
  await topology.configure(topology.FABRIC, [
    `address add ${base}.1/24 dev ${link}`,
    ...endpoints.map(({ identity }) => `address add ${identity}/32 dev lo`),
  ]);
  const { address, subnet } = consumer.client;
  await topology.configure(router, [
    `address add ${base}.2/24 dev fabric`,
    `route add default via ${base}.1`,
    `address add ${gatewayOf(subnet.prefix)}/32 dev lo`,
    `address add ${topology.PLATFORM}/32 dev lo`,
  ]);
  await topology.plug(router, "client", client, address, subnet.prefix, gatewayOf(subnet.prefix));
  await topology.load(router, endpointRules(endpoints, "fabric", `${base}.2`));
  await resolver.start();
}
