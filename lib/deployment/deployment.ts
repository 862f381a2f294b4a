import { z } from "zod";
import { ServiceLocator } from "../azure/approval-command";
import { matching } from "../azure/check";
import { privateLinkServiceAlias } from "../azure/private-link";
import { kinds, list, section, text, withKey } from "../azure/setting";
import { hostNameList, HostNames } from "../dns/host-names";
import { consumerSection } from "./consumer-section";
import { providerSection } from "./provider-section";
import { stateSettings } from "./state-settings";
import { tags } from "../azure/tags";

const service = kinds({
  handover: {
    when: withKey("from"),
    schema: section({
      /** The file that the provider's `npm run handover` or `cdktf deploy --outputs-file` wrote, from this file's folder. */
      from: text(),
    }),
  },
  alias: {
    schema: section({
      /** The service's alias. */
      alias: text(privateLinkServiceAlias),
      /** The host names that APIM answers to. */
      hostNames: hostNameList.min(1),
    }),
  },
});

/** The deployment file. */
export const deploymentSchema = section({
  /** The deployment's name, a part of where its state is kept; such as production; where it is left out, the file's name. */
  name: text(matching(/^[a-z\d][a-z\d-]{0,39}$/, "1 to 40 lower-case letters, digits or '-'")).optional(),
  /** The side that has APIM, in its own subscription. */
  provider: providerSection.optional(),
  /** Somebody else's service, where this file has no provider. */
  service: service.optional(),
  /** The sides that call APIM, each with its own stack and subscription. */
  consumers: list(consumerSection).default([]),
  /** Tags for every resource that can have them. */
  tags: tags.default({}),
  /** Where Terraform keeps its state. */
  state: stateSettings.prefault({ backend: "local" }),
});

/** What a file says of somebody else's service, read. */
export type ServiceSection = z.output<typeof service>;

/** Somebody else's service, whether the file itself or a hand-over names it. */
export interface ForeignService {
  readonly alias: string;
  readonly hostNames: HostNames;
  /** The service as its owner's command line names it; undefined where only its alias is known. */
  readonly locator?: ServiceLocator;
}

/** A deployment file, read, with its name; where it points at a hand-over, with what that says. */
export type Deployment = Omit<z.output<typeof deploymentSchema>, "service"> & {
  readonly name: string;
  /** Whether environment variables choose subscriptions, so that one file has states in several. */
  readonly subscriptionsVary: boolean;
  readonly service?: ForeignService;
};

/** A deployment file, as somebody writes it. */
export type DeploymentFile = z.input<typeof deploymentSchema>;
