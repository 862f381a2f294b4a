import { z } from "zod";
import { ForeignServiceParts } from "./checks";
import { consumerSection } from "./consumer-section";
import { providerSection } from "./provider-section";
import { stateSection } from "./state-section";
import { textMatching } from "./values";

const service = z
  .union([
    z.strictObject({
      from: z
        .string()
        .describe("The file that the provider's `cdktf deploy --outputs-file` wrote, from this file's folder."),
    }),
    z.strictObject({
      alias: z.string().describe("The service's alias."),
      hostNames: z.array(z.string()).min(1).describe("The host names that APIM answers to."),
    }),
  ])
  .describe("Somebody else's service, where this file has no provider.");

/** The deployment file. */
export const deploymentSchema = z.strictObject({
  name: textMatching(/^[a-z\d][a-z\d-]{0,39}$/, "1 to 40 lower-case letters, digits or '-'")
    .optional()
    .describe("The deployment's name, a part of where its state is kept. Default: the file's name."),
  provider: providerSection.optional().describe("The side that has APIM, in its own subscription."),
  service: service.optional(),
  consumers: z
    .array(consumerSection)
    .default([])
    .describe("The sides that call APIM, each with its own stack and subscription."),
  tags: z.record(z.string(), z.string()).default({}).describe("Tags for every resource that can have them."),
  state: stateSection.prefault({ backend: "local" }).describe("Where Terraform keeps its state. Default: local files."),
});

/** What a file says of somebody else's service, read. */
export type ServiceSection = z.output<typeof service>;

/** A deployment file, read, with its name; where it points at a hand-over, with what that says. */
export type Deployment = Omit<z.output<typeof deploymentSchema>, "service"> & {
  readonly name: string;
  readonly service?: ForeignServiceParts;
};
