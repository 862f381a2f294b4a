import { z } from "zod";
import { check, Problem, prefixed } from "../azure/check";
import { list, section } from "../azure/setting";
import { forwardedPorts } from "../guest/forwarding";
import { machineProblems, machineSettings } from "../machine/machine-settings";
import { LINUX, OperatingSystem, WINDOWS } from "../machine/operating-system";
import { DEFAULT_FORWARDER_NAME, forwarderVmSettings } from "./forwarder-vm-settings";
import { linuxGuestSettings, linuxImageProblems, linuxSizeProblems } from "./linux-guest-settings";
import { ScaleSet, scaleSetProblems, scaleSetSettings } from "./scale-set-settings";
import { windowsGuestSettings, windowsImageProblems } from "./windows-guest-settings";

function carriers(operatingSystem: OperatingSystem) {
  return {
    /** The machines; where they are left out and there is no scale set, one called vm-forwarder-1. */
    virtualMachines: list(section(forwarderVmSettings(operatingSystem)))
      .min(1)
      .optional(),
    /** A scale set instead of single machines. */
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
    ...carriers(LINUX),
  }),
  section({
    /** Windows forwards with portproxy; the administrator's password is asked for as the variable forwarder_admin_password. */
    operatingSystem: z.literal("windows"),
    ...windowsGuestSettings,
    ...carriers(WINDOWS),
  }),
]);

/** What carries the connections, as somebody writes it. */
export type ForwarderSettings = z.input<typeof forwarderSettings>;

/** What carries the connections, with its defaults. */
export type Forwarder = z.output<typeof forwarderSettings>;

type VirtualMachine = NonNullable<Forwarder["virtualMachines"]>[number];

/** The machines of a forwarder: single ones, or those of a scale set. */
export type Machines =
  | { readonly kind: "scaleSet"; readonly scaleSet: ScaleSet }
  | { readonly kind: "virtualMachines"; readonly virtualMachines: readonly VirtualMachine[] };

/** Which machines a forwarder has. */
export function machinesOf({ scaleSet, virtualMachines }: Pick<Forwarder, "scaleSet" | "virtualMachines">): Machines {
  return scaleSet
    ? { kind: "scaleSet", scaleSet }
    : { kind: "virtualMachines", virtualMachines: virtualMachines ?? [{ name: DEFAULT_FORWARDER_NAME }] };
}

/** What is wrong between the settings of what carries the connections. */
export function forwarderProblems(forwarder: Forwarder): Problem[] {
  const { scaleSet, virtualMachines = [] } = forwarder;
  const names = new Map(virtualMachines.map(({ name }, index) => [name.toLowerCase(), index] as const).reverse());
  return [
    ...takenPorts(forwarder),
    ...(scaleSet && forwarder.virtualMachines
      ? [{ path: ["scaleSet"], complaint: "must be left out where there are virtualMachines: choose one of the two" }]
      : []),
    ...(scaleSet ? prefixed("scaleSet", scaleSetProblems(scaleSet)) : []),
    ...virtualMachines.flatMap(({ name }, index) =>
      check(["virtualMachines", index, "name"], name, () =>
        (names.get(name.toLowerCase()) ?? index) < index
          ? `must differ from the others, got "${name}" again`
          : undefined,
      ),
    ),
    ...machineProblems(forwarder),
    ...(forwarder.operatingSystem === "linux"
      ? [...linuxImageProblems(forwarder.image), ...linuxSizeProblems(forwarder.image, forwarder.size)]
      : windowsImageProblems(forwarder.image)),
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
