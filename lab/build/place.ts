import { Consumer } from "../read/model";
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
