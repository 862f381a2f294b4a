import { z } from "zod";
import { Problem } from "../azure/check";
import { addressProblems, ipv4Address } from "../azure/ip";
import { section, text } from "../azure/setting";
import { zone } from "../azure/zone";
import { sshPublicKey } from "../azure/ssh-key";
import { imageSettings } from "../machine/image-settings";
import { machineProblems, machineSettings, machineSize, osDiskType } from "../machine/machine-settings";
import { LINUX, OperatingSystem } from "../machine/operating-system";

/** What one forwarder is told beside what all of them are. */
export function forwarderVmSettings(operatingSystem: OperatingSystem) {
  return {
    /** The name of the machine, also its host name: at most 64 characters on Linux, 15 on Windows. */
    name: text(operatingSystem.virtualMachineName),
    /** The availability zone; another zone is another machine. Where it is left out, Azure chooses. */
    zone: zone.optional(),
    /** The machine's address in its subnet; where it is left out, Azure chooses, after the load balancer has its own. */
    privateIpAddress: text(ipv4Address).optional(),
    /** This machine's image, where it is not the others': another one replaces the machine, and so machines are replaced one by one. */
    image: imageSettings.optional(),
  };
}

/** What one Linux forwarder is told beside what all of them are. */
export const linuxVmSettings = {
  ...forwarderVmSettings(LINUX),
  /** This machine's key, where it is not the others'; another one replaces the machine. */
  sshPublicKey: text(sshPublicKey).optional(),
};

/** The name of a forwarder, where nobody gives another. */
export const DEFAULT_FORWARDER_NAME = "vm-forwarder-1";

/** All that one forwarder is told. */
export function loneForwarderSettings(operatingSystem: OperatingSystem) {
  const { name, ...others } = forwarderVmSettings(operatingSystem);
  return section({
    name: name.default(DEFAULT_FORWARDER_NAME),
    ...others,
    /** The machine's key on Linux, where it is not the guest's. */
    sshPublicKey: linuxVmSettings.sshPublicKey,
    ...machineSettings(operatingSystem.size),
  });
}

/** What a forwarder in a list may be told otherwise than the others; each stops or replaces the machine when it changes. */
export function ownMachineSettings(operatingSystem: OperatingSystem) {
  return {
    /** This machine's size, where it is not the others'. */
    size: machineSize(operatingSystem.size).optional(),
    /** The kind of this machine's disk, where it is not the others'; another one replaces the machine. */
    osDiskType: osDiskType.optional(),
  };
}

/** All that one forwarder is told, as somebody writes it. */
export type ForwarderVmSettings = z.input<ReturnType<typeof loneForwarderSettings>>;

/** What is wrong between the settings of one forwarder and its subnet. */
export function forwarderVmProblems(
  settings: z.output<ReturnType<typeof loneForwarderSettings>>,
  subnetPrefix: string,
): Problem[] {
  const { privateIpAddress: address } = settings;
  return [
    ...machineProblems(settings),
    ...(address === undefined ? [] : addressProblems([{ path: ["privateIpAddress"], address }], subnetPrefix)),
  ];
}
