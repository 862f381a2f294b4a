import { z } from "zod";
import { check, pathText, prefixed, Problem } from "../azure/check";
import { list, section } from "../azure/setting";
import { forwardedPorts } from "../guest/forwarding";
import { machineProblems, machineSettings } from "../machine/machine-settings";
import { LINUX, OperatingSystem, WINDOWS } from "../machine/operating-system";
import {
  DEFAULT_FORWARDER_NAME,
  forwarderVmSettings,
  linuxVmSettings,
  ownMachineSettings,
} from "./forwarder-vm-settings";
import { linuxGuestSettings, linuxImageProblems, linuxSizeProblems } from "./linux-guest-settings";
import { scaleSetProblems, scaleSetSettings } from "./scale-set-settings";
import { windowsGuestSettings, windowsImageProblems } from "./windows-guest-settings";

function carriers(operatingSystem: OperatingSystem) {
  return {
    /** A scale set instead of single machines, or beside them while connections move from one to the other. */
    scaleSet: section(scaleSetSettings(operatingSystem)).optional(),
    /** The TCP ports that are forwarded; the load balancer's probe asks the first one, with APIM 443. */
    ports: forwardedPorts,
    ...machineSettings(operatingSystem.size),
  };
}

/** What carries the connections. */
export const forwarderSettings = z.discriminatedUnion("operatingSystem", [
  section({
    /** Linux forwards in the kernel. */
    operatingSystem: z.literal("linux"),
    ...linuxGuestSettings,
    /** The machines; where they are left out and there is no scale set, one called vm-forwarder-1. */
    virtualMachines: list(section({ ...linuxVmSettings, ...ownMachineSettings(LINUX) }))
      .min(1)
      .optional(),
    ...carriers(LINUX),
  }),
  section({
    /** Windows forwards with portproxy; the administrator's password is asked for as the variable forwarder_admin_password. */
    operatingSystem: z.literal("windows"),
    ...windowsGuestSettings,
    /** The machines; where they are left out and there is no scale set, one called vm-forwarder-1. */
    virtualMachines: list(section({ ...forwarderVmSettings(WINDOWS), ...ownMachineSettings(WINDOWS) }))
      .min(1)
      .optional(),
    ...carriers(WINDOWS),
  }),
]);

/** What carries the connections, as somebody writes it. */
export type ForwarderSettings = z.input<typeof forwarderSettings>;

/** What carries the connections, with its defaults. */
export type Forwarder = z.output<typeof forwarderSettings>;

type VirtualMachine = NonNullable<Forwarder["virtualMachines"]>[number];

/** The single machines that a forwarder has, beside its scale set or without one. */
export function machinesOf({ scaleSet, virtualMachines }: Pick<Forwarder, "scaleSet" | "virtualMachines">) {
  const byDefault: readonly VirtualMachine[] = scaleSet ? [] : [{ name: DEFAULT_FORWARDER_NAME }];
  return virtualMachines ?? byDefault;
}

/** What is wrong between the settings of what carries the connections. */
export function forwarderProblems(forwarder: Forwarder): Problem[] {
  const { scaleSet, virtualMachines = [] } = forwarder;
  const names = new Map(virtualMachines.map(({ name }, index) => [name.toLowerCase(), index] as const).reverse());
  const common = modelProblems(forwarder);
  const said = new Set(common.map(({ path, complaint }) => `${pathText(path)} ${complaint}`));
  return [
    ...takenPorts(forwarder),
    ...(scaleSet ? prefixed("scaleSet", scaleSetProblems(scaleSet)) : []),
    ...virtualMachines.flatMap(({ name }, index) =>
      check(["virtualMachines", index, "name"], name, () =>
        (names.get(name.toLowerCase()) ?? index) < index
          ? `must differ from the others, got "${name}" again`
          : undefined,
      ),
    ),
    ...common,
    // what is wrong with all of them is said once.
    ...virtualMachines.flatMap((machine, index) =>
      modelProblems({ ...forwarder, ...machine })
        .filter(({ path, complaint }) => !said.has(`${pathText(path)} ${complaint}`))
        .map(({ path, complaint }) => ({ path: ["virtualMachines", index, ...path], complaint })),
    ),
  ];
}

/** What a machine of this size, disk and image cannot be. */
function modelProblems(forwarder: Forwarder): Problem[] {
  const { image, size } = forwarder;
  return [
    ...machineProblems(forwarder),
    ...(forwarder.operatingSystem === "linux"
      ? [...linuxImageProblems(image), ...linuxSizeProblems(image, size)]
      : windowsImageProblems(image)),
  ];
}

/** Ports that the machine's own services listen on: the probe would be answered by them, and portproxy could not bind. */
function takenPorts({ operatingSystem, ports }: Forwarder): Problem[] {
  const windows = operatingSystem === "windows";
  const { takenPorts: taken } = windows ? WINDOWS : LINUX;
  // Linux forwards in the kernel, so only the port that it answers probes on must be free.
  return (windows ? ports : ports.slice(0, 1)).flatMap((port, index) =>
    check(["ports", index], port, () =>
      taken.includes(port)
        ? `must be none that ${operatingSystem} listens on itself (${taken.join(", ")}), got ${port}`
        : undefined,
    ),
  );
}
