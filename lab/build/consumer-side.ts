import { gatewayOf } from "../read/ip";
import { consumerLink, endpointRules } from "./fabric";
import { Place } from "./place";
import * as topology from "./topology";

/** Builds a consumer's side: its router with the endpoints and the resolver, and its client. */
export async function buildConsumer(place: Place, index: number): Promise<void> {
  const { consumer, router, client, resolver } = place;
  await topology.router(router);
  await topology.place(client);
  const link = consumerLink(index);
  await topology.cable(topology.FABRIC, link, router, "fabric");
  const base = transitOf(place);
  await topology.configure(topology.FABRIC, [`address add ${base}.1/24 dev ${link}`]);
  const { address, subnet } = consumer.client;
  await topology.configure(router, [
    `address add ${base}.2/24 dev fabric`,
    `route add default via ${base}.1`,
    `address add ${gatewayOf(subnet.prefix)}/32 dev lo`,
    `address add ${topology.PLATFORM}/32 dev lo`,
  ]);
  await topology.plug(router, "client", client, address, subnet.prefix, gatewayOf(subnet.prefix));
  await connectEndpoints(place);
  await resolver.start();
}

/** Leads the endpoints' addresses to the fabric; connections that are there stay. */
export async function connectEndpoints(place: Place): Promise<void> {
  const { router, endpoints } = place;
  const identities = endpoints.map(({ identity }) => `address replace ${identity}/32 dev lo`);
  await topology.configure(topology.FABRIC, identities);
  await topology.load(router, endpointRules(endpoints, "fabric", `${transitOf(place)}.2`));
}

/** Takes a consumer's side away. */
export async function removeConsumer({ router, client, resolver }: Place): Promise<void> {
  await resolver.stop();
  await Promise.all([topology.unplug(router), topology.unplug(client)]);
}

/** Whether what is built for one place serves another one too, but for endpoints and names. */
export function sameGround(one: Place, other: Place | undefined): boolean {
  const ground = (place: Place): string => {
    const { address, subnet } = place.consumer.client;
    return JSON.stringify([place.router, address, subnet.prefix, transitOf(place)]);
  };
  return other !== undefined && ground(one) === ground(other);
}

function transitOf({ endpoints }: Pick<Place, "endpoints">): string {
  return (endpoints[0]?.identity ?? "").replace(/\.\d+$/, "");
}
