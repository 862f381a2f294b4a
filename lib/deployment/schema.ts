import { z } from "zod";
import { APIM_ENDPOINTS } from "../azure/api-management";
import { location, uuid } from "../azure/names";
import { OS_DISK_TYPES } from "../azure/virtual-machine";
import { Rule } from "../azure/rule";

// what a key means stands in its description, which editors show through the JSON Schema; what a value may be beyond its
// type is decided by the rules of lib/azure, which the constructs use too.

/** Text that keeps to a rule. */
function ruledText(rule: Rule<string>) {
  return z.string().superRefine((value, context) => {
    const complaint = rule(value);
    if (complaint !== undefined) context.addIssue({ code: "custom", message: complaint });
  });
}

const subscriptionId = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(ruledText(uuid))
  .describe("A subscription's id, a UUID, or env:NAME to take it from the environment variable NAME.");

const tenantId = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(ruledText(uuid))
  .describe("The id of the Microsoft Entra tenant, a UUID. Default: the tenant of whoever deploys.");

const region = z
  .string()
  .transform((value) => value.toLowerCase().replaceAll(" ", ""))
  .pipe(ruledText(location))
  .describe("The Azure region, such as uksouth or 'UK South'.");

const zones = z
  .array(z.union([z.enum(["1", "2", "3"]), z.literal([1, 2, 3])]).transform(String))
  .min(1)
  .max(3)
  .refine((list) => new Set(list).size === list.length, { error: "must not hold a zone twice" });

const name = (what: string) => z.string().describe(`The name of ${what}.`);
const flag = (text: string) => z.boolean().optional().describe(text);
const prefix = (what: string) => z.string().describe(`The IPv4 prefix of ${what}, such as 10.0.1.0/24.`);
const prefixes = (what: string) => z.array(prefix(what)).min(1).describe(`The IPv4 prefixes of ${what}.`);

const subnet = (role: string) =>
  z.strictObject({
    name: name("the subnet").default(`snet-${role}`).describe(`The subnet's name. Default: snet-${role}.`),
    addressPrefix: prefix("the subnet, inside the network's address space"),
    networkSecurityGroup: z
      .string()
      .default(`nsg-${role}`)
      .describe(`The name of the subnet's network security group. Default: nsg-${role}.`),
  });

const network = z.strictObject({
  name: name("the virtual network").default("vnet-apim").describe("The virtual network's name. Default: vnet-apim."),
  addressSpace: prefixes("the virtual network; they may overlap the consumers'"),
  subnets: z
    .strictObject({
      apim: subnet("apim").describe("The subnet of APIM, at least /29; nothing else stands in it."),
      privateLinkService: subnet("pls").describe(
        "The subnet of the Private Link Service's NAT addresses and the load balancer's frontend.",
      ),
      forwarder: subnet("forwarder")
        .optional()
        .describe("The subnet of the forwarders. Default: they stand in the Private Link Service's subnet."),
    })
    .describe("The subnets, by what stands in them."),
});

const apim = z.strictObject({
  name: name("the APIM instance, unique in all of Azure: the first label of its host names"),
  publisherName: z.string().describe("Who publishes the APIs, shown in the developer portal."),
  publisherEmail: z.string().describe("Where APIM sends its notifications."),
  skuName: z
    .string()
    .optional()
    .describe("Developer_1, or Premium_ and the number of units, 1 to 99. Default: Developer_1, which has no SLA."),
  zones: zones.optional().describe("The availability zones, Premium only. Changing them changes APIM's address."),
  publicIpAddress: z
    .strictObject({
      name: name("the address"),
      domainNameLabel: z.string().describe("The DNS label of the address, unique in the region."),
    })
    .optional()
    .describe("A public address of your own for APIM's management traffic. Default: one that Azure manages."),
  minApiVersion: z
    .string()
    .optional()
    .describe("The oldest version of the management API that is answered. Default: 2021-08-01."),
  security: z
    .strictObject({
      frontendTls10Enabled: flag("TLS 1.0 towards clients. Default: false."),
      frontendTls11Enabled: flag("TLS 1.1 towards clients. Default: false."),
      backendTls10Enabled: flag("TLS 1.0 towards backends. Default: false."),
      backendTls11Enabled: flag("TLS 1.1 towards backends. Default: false."),
      tripleDesCiphersEnabled: flag("Triple DES ciphers. Default: false."),
    })
    .optional()
    .describe("Weak protocols and ciphers, all off unless switched on here."),
  http2Enabled: flag("Whether the gateway speaks HTTP/2 with its clients. Default: false."),
  allowedClients: z
    .array(prefix("a network that may call APIM without the forwarders, such as a peered hub"))
    .optional()
    .describe("Further networks that may call APIM directly. Default: none."),
});

const image = z
  .strictObject({
    publisher: z.string().describe("The publisher of the image."),
    offer: z.string().describe("The offer of the image."),
    sku: z.string().describe("The SKU of the image; it must be of generation 2."),
    version: z.string().optional().describe("The version of the image. Default: latest."),
  })
  .optional();

const virtualMachine = z.strictObject({
  name: name("the machine, also its host name: 64 characters on Linux, 15 on Windows"),
  zone: z
    .union([z.enum(["1", "2", "3"]), z.literal([1, 2, 3])])
    .transform(String)
    .optional()
    .describe("The availability zone. Default: Azure chooses."),
  privateIpAddress: z.string().optional().describe("The machine's address in its subnet. Default: Azure chooses."),
});

const scaleSet = z.strictObject({
  name: name("the scale set, which begins its machines' host names: 58 characters on Linux, 9 on Windows"),
  instances: z
    .number()
    .optional()
    .describe("How many machines, 1 to 100; with autoscale, how many at first. Default: 2."),
  zones: zones.optional().describe("The zones that the machines are spread over. Default: none."),
  upgradeMode: z
    .enum(["Rolling", "Automatic"])
    .optional()
    .describe("How machines come to a changed model: in healthy batches, or all at once. Default: Rolling."),
  autoscale: z
    .strictObject({
      minimum: z.number().describe("The fewest machines, 1 to 100."),
      maximum: z.number().describe("The most machines, 1 to 100."),
    })
    .optional()
    .describe(
      "Lets CPU load and the number of flows decide how many machines there are. Default: the number is fixed.",
    ),
});

const forwarderCommon = {
  virtualMachines: z
    .array(virtualMachine)
    .min(1)
    .optional()
    .describe("The machines. Default: one, called vm-forwarder-1, unless there is a scale set."),
  scaleSet: scaleSet.optional().describe("A scale set instead of single machines. Default: none."),
  ports: z
    .array(z.number())
    .min(1)
    .default([443])
    .describe("The TCP ports that are forwarded; the load balancer's probe asks the first one. Default: 443."),
  size: z
    .string()
    .optional()
    .describe("The machines' size; it must be able to boot with Trusted Launch. Default: Standard_B2s."),
  osDiskType: z.enum(OS_DISK_TYPES).optional().describe("The kind of disk. Default: StandardSSD_LRS."),
  adminUsername: z.string().optional().describe("The administrator's name. Default: azureuser."),
  ipForwardingEnabled: flag("Azure's IP forwarding of the network interfaces; not needed here. Default: false."),
  acceleratedNetworkingEnabled: flag("Whether network interfaces bypass the host's switch. Default: false."),
  encryptionAtHostEnabled: flag(
    "Whether hosts encrypt disks and caches; the subscription needs the feature registered. Default: false.",
  ),
  image: image.describe(
    "The image. Default: Ubuntu Server 24.04 LTS or Windows Server 2025 Datacenter: Azure Edition.",
  ),
};

const forwarder = z.discriminatedUnion("operatingSystem", [
  z.strictObject({
    operatingSystem: z.literal("linux").describe("Linux: forwards in the kernel."),
    sshPublicKey: z.string().describe("The administrator's SSH public key, RSA with 2048 bits or more, or Ed25519."),
    ...forwarderCommon,
  }),
  z.strictObject({
    operatingSystem: z
      .literal("windows")
      .describe(
        "Windows: forwards with portproxy. The password is asked for as the variable forwarder_admin_password.",
      ),
    ...forwarderCommon,
  }),
]);

const loadBalancer = z.strictObject({
  name: z.string().optional().describe("The load balancer's name. Default: lbi-apim."),
  privateIpAddress: z
    .string()
    .describe("The frontend's address in the Private Link Service's subnet; not one of its first four or its last."),
  frontendName: z.string().optional().describe("The name of the frontend. Default: frontend."),
  zones: zones.optional().describe("The zones of the frontend; they can never be changed. Default: none."),
  backendAddressPoolName: z.string().optional().describe("The name of the pool. Default: forwarders."),
  probe: z
    .strictObject({
      name: z.string().optional().describe("The name of the probe. Default: forwarder-health."),
      intervalInSeconds: z.number().optional().describe("Seconds between two probes, 5 to 60. Default: 5."),
      probeThreshold: z.number().optional().describe("Probes in a row that change a state, 1 to 10. Default: 2."),
    })
    .optional()
    .describe("How the load balancer finds out which forwarders work."),
  rule: z
    .strictObject({
      name: z.string().optional().describe("The name of the rule. Default: https."),
      idleTimeoutInMinutes: z
        .number()
        .optional()
        .describe("Minutes after which an idle connection ends, 4 or 5. Default: 4."),
    })
    .optional()
    .describe("How the load balancer treats connections."),
});

const subscriptionList = (text: string) => z.array(subscriptionId).optional().describe(text);

const privateLinkService = z.strictObject({
  name: z.string().optional().describe("The service's name. Default: pls-apim."),
  natIpCount: z.number().optional().describe("How many NAT addresses Azure chooses, 1 to 8. Default: 1."),
  natIpAddresses: z
    .array(z.string())
    .optional()
    .describe("The NAT addresses, 1 to 8 of the subnet. Default: Azure chooses."),
  visibility: z
    .enum(["roleBasedAccessOnly", "restrictedBySubscription", "anyoneWithTheAlias"])
    .default("restrictedBySubscription")
    .describe(
      "Who may ask for a connection: principals with rights on the service, the subscriptions listed, or everybody who " +
        "learns the alias. Default: restrictedBySubscription.",
    ),
  visibilitySubscriptionIds: subscriptionList(
    "The subscriptions that may ask, with restrictedBySubscription. Default: those of the consumers in this file.",
  ),
  autoApprovalSubscriptionIds: subscriptionList(
    "The subscriptions whose requests are granted at once. Default: those of the consumers in this file; none with " +
      "roleBasedAccessOnly.",
  ),
  fqdns: z.array(z.string()).optional().describe("Host names that the service announces to whoever connects."),
});

const provider = z.strictObject({
  subscriptionId,
  tenantId: tenantId.optional(),
  location: region,
  resourceGroup: name("the resource group, which is made").describe("The name of the resource group to make."),
  network,
  apim,
  forwarder,
  loadBalancer,
  privateLinkService: privateLinkService.prefault({}),
});

const consumer = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z\d]*(-[a-z\d]+)*$/, {
      error: (issue) =>
        `must be lower-case letters, digits and single '-', beginning with a letter, got ${JSON.stringify(issue.input)}`,
    })
    .max(40)
    .describe("The consumer's name in this file; its stack is consumer-<name>."),
  subscriptionId,
  tenantId: tenantId.optional(),
  location: region,
  resourceGroup: name("the resource group, which is made").describe("The name of the resource group to make."),
  network: z.strictObject({
    name: z.string().default("vnet-consumer").describe("The virtual network's name. Default: vnet-consumer."),
    addressSpace: prefixes("the virtual network; they may overlap the provider's"),
    subnet: z.strictObject({
      name: z.string().default("snet-endpoint").describe("The subnet's name. Default: snet-endpoint."),
      addressPrefix: prefix("the subnet of the endpoint, inside the network's address space"),
    }),
  }),
  endpoint: z
    .strictObject({
      name: z.string().optional().describe("The private endpoint's name. Default: pe-apim."),
      connectBy: z
        .enum(["resourceId", "alias"])
        .optional()
        .describe("What names the service. Default: resourceId; alias from another tenant, where nothing else works."),
      requestMessage: z
        .string()
        .optional()
        .describe("What the service's owner reads when the connection needs approval, 1 to 140 characters."),
    })
    .prefault({}),
  dns: z
    .strictObject({
      endpoints: z
        .array(z.enum(APIM_ENDPOINTS))
        .optional()
        .describe(
          "APIM's end points whose host names lead to the endpoint. Default: gateway, developerPortal, configuration.",
        ),
      ttl: z.number().optional().describe("Seconds that resolvers keep the address. Default: 300."),
    })
    .prefault({}),
});

const state = z
  .discriminatedUnion("backend", [
    z.strictObject({ backend: z.literal("local").describe("Files in the folder state/ of this project.") }),
    z.strictObject({
      backend: z.literal("azurerm").describe("A container of an Azure storage account, with Entra authentication."),
      subscriptionId,
      tenantId: tenantId.optional(),
      resourceGroupName: name("the storage account's resource group"),
      storageAccountName: ruledTextMatching(/^[a-z\d]{3,24}$/, "3 to 24 lower-case letters and digits").describe(
        "The storage account's name.",
      ),
      containerName: ruledTextMatching(
        /^[a-z\d](-?[a-z\d]){2,62}$/,
        "3 to 63 lower-case letters, digits and single '-'",
      ).describe("The container's name."),
    }),
    z.strictObject({
      backend: z.literal("hcpTerraform").describe("Workspaces of HCP Terraform, one a stack."),
      organization: ruledTextMatching(/^[\w-]{3,40}$/, "3 to 40 letters, digits, '_' or '-'").describe(
        "The organization's name.",
      ),
      hostname: ruledTextMatching(/^[a-z\d.-]+$/, "a host name")
        .optional()
        .describe("Where HCP Terraform runs. Default: app.terraform.io."),
      project: ruledTextMatching(/^[\w -]{3,40}$/, "3 to 40 letters, digits, spaces, '_' or '-'")
        .optional()
        .describe("The project of the workspaces. Default: the organization's default project."),
    }),
  ])
  .prefault({ backend: "local" });

function ruledTextMatching(pattern: RegExp, allowed: string) {
  return z.string().regex(pattern, { error: (issue) => `must be ${allowed}, got ${JSON.stringify(issue.input)}` });
}

/** The deployment file. */
export const deploymentSchema = z.strictObject({
  name: ruledTextMatching(/^[a-z\d][a-z\d-]{0,39}$/, "1 to 40 lower-case letters, digits or '-'")
    .optional()
    .describe("The deployment's name, a part of where its state is kept. Default: the file's name."),
  provider: provider.describe("The side that has APIM, in its own subscription."),
  consumers: z
    .array(consumer)
    .default([])
    .describe("The sides that call APIM, each with its own stack and subscription."),
  tags: z.record(z.string(), z.string()).default({}).describe("Tags for every resource that can have them."),
  state: state.describe("Where Terraform keeps its state. Default: local files."),
});

/** A deployment file that was read, with the defaults of the file filled in. */
export type Deployment = z.output<typeof deploymentSchema> & { readonly name: string };

/** The provider's section. */
export type ProviderSection = Deployment["provider"];

/** One consumer's section. */
export type ConsumerSection = Deployment["consumers"][number];
