import { z } from "zod";
import { OS_DISK_TYPES } from "../azure/virtual-machine";
import { flag, linuxLogin, name, optionalText, zone, zones } from "./values";

const image = z
  .strictObject({
    publisher: z.string().describe("The publisher of the image."),
    offer: z.string().describe("The offer of the image."),
    sku: z.string().describe("The SKU of the image; it must be of generation 2."),
    version: optionalText("The version of the image. Default: latest."),
  })
  .optional();

const virtualMachine = z.strictObject({
  name: name("the machine, also its host name: 64 characters on Linux, 15 on Windows"),
  zone: zone.describe("The availability zone. Default: Azure chooses."),
  privateIpAddress: optionalText("The machine's address in its subnet. Default: Azure chooses."),
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
      maximum: z.number().describe("The most machines, more than minimum, at most 100."),
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
  size: optionalText("The machines' size; it must be able to boot with Trusted Launch. Default: Standard_B2s."),
  osDiskType: z.enum(OS_DISK_TYPES).optional().describe("The kind of disk. Default: StandardSSD_LRS."),
  adminUsername: linuxLogin.adminUsername,
  ipForwardingEnabled: flag("Azure's IP forwarding of the network interfaces; not needed here. Default: false."),
  acceleratedNetworkingEnabled: flag("Whether network interfaces bypass the host's switch. Default: false."),
  encryptionAtHostEnabled: flag(
    "Whether hosts encrypt disks and caches; the subscription needs the feature registered. Default: false.",
  ),
  image: image.describe(
    "The image. Default: Ubuntu Server 24.04 LTS or Windows Server 2025 Datacenter: Azure Edition.",
  ),
};

/** What carries the connections. */
export const forwarderSection = z.discriminatedUnion("operatingSystem", [
  z.strictObject({
    operatingSystem: z.literal("linux").describe("Linux: forwards in the kernel."),
    sshPublicKey: linuxLogin.sshPublicKey,
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

/** The forwarders of a provider's section, read. */
export type ForwarderSection = z.output<typeof forwarderSection>;
