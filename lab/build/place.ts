import { wayOf } from "../read/chain";
import { overlapping } from "../read/ip";
import { Consumer, Design, NotForTheLab } from "../read/model";
import { Resolver } from "./dns";
import { FabricEndpoint } from "./fabric";

/** A consumer in the lab: its router with the resolver, and its client. */
export interface Place {
  readonly consumer: Consumer;
  readonly router: string;
  readonly client: string;
  readonly resolver: Resolver;
  readonly endpoints: readonly FabricEndpoint[];
}

// none of them is likely in a design, and one of them is in none.
const TRANSITS = ["100.64", "172.31", "192.168", "10.255", "198.18", "198.19"];

/** The places of a design's consumers, each with addresses between its router and the fabric that nobody else has. */
export function placesOf(folder: string, design: Design, approveAll: boolean): Place[] {
  const transit = TRANSITS.find((start) =>
    design.networks.every(({ addressSpace }) =>
      addressSpace.every((prefix) => !overlapping(prefix, `${start}.0.0/16`)),
    ),
  );
  if (transit === undefined) throw new NotForTheLab("the networks leave the lab no addresses of its own");
  return design.consumers.map((consumer, index) => ({
    consumer,
    router: `network${index}`,
    client: `client${index}`,
    resolver: new Resolver(folder, `network${index}`, consumer, design.apim),
    endpoints: consumer.endpoints.map((endpoint, number) => ({
      endpoint,
      identity: `${transit}.${index}.${10 + number}`,
      way: wayOf(design, consumer, endpoint, approveAll),
    })),
  }));
}
