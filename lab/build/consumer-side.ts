import { gatewayOf } from "../read/ip";
import { consumerLink, endpointRules } from "./fabric";
import { Place } from "./place";
import * as topology from "./topology";

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
