import { z } from "zod";
import { check, pathText, prefixed, Problem } from "../azure/check";
import { choice, kinds, list, section, text, withKey } from "../azure/setting";
import { sshPublicKey } from "../azure/ssh-key";
import { linuxUserName, windowsUserName } from "../azure/virtual-machine";
import { forwardedPorts } from "../guest/forwarding";
import { Image } from "../machine/image-settings";
import { Machine, machineProblems, machineSettings } from "../machine/machine-settings";
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

const linuxMachine = { ...linuxVmSettings, ...ownMachineSettings(LINUX) };

const windowsMachine = { ...forwarderVmSettings(WINDOWS), ...ownMachineSettings(WINDOWS) };

function ofTheOther<const S extends OperatingSystem["name"], M extends z.ZodRawShape>(system: S, machine: M) {
  return {
    when: withKey("operatingSystem"),
    schema: section({
      /**
       * The other system than the others', for a machine that stands beside them while one system takes the place of the other; a Linux
       * machine then has a key of its own.
       */
      operatingSystem: choice(system),
      ...machine,
    }),
  };
}

/** Linux machines, and such of Windows as take their place or leave it to them. */
const linuxMachines = kinds({
  windows: ofTheOther("windows", windowsMachine),
  linux: { schema: section(linuxMachine) },
});

/** Windows machines, and such of Linux as take their place or leave it to them. */
const windowsMachines = kinds({
  linux: ofTheOther("linux", {
    ...linuxMachine,
    /** This machine's key, where it is not the others'; another one replaces the machine. */
    sshPublicKey: text(sshPublicKey),
  }),
  windows: { schema: section(windowsMachine) },
});

/** What carries the connections. */
export const forwarderSettings = z.discriminatedUnion("operatingSystem", [
  section({
    /** Linux forwards in the kernel. */
    operatingSystem: z.literal("linux"),
    ...linuxGuestSettings,
    /** The machines; where they are left out and there is no scale set, one called vm-forwarder-1. */
    virtualMachines: list(linuxMachines).min(1).optional(),
    ...carriers(LINUX),
  }),
  section({
    /** Windows forwards with portproxy; the administrator's password is asked for as the variable forwarder_admin_password. */
    operatingSystem: z.literal("windows"),
    ...windowsGuestSettings,
    /** The machines; where they are left out and there is no scale set, one called vm-forwarder-1. */
    virtualMachines: list(windowsMachines).min(1).optional(),
    ...carriers(WINDOWS),
  }),
]);

/** What carries the connections, as somebody writes it. */
export type ForwarderSettings = z.input<typeof forwarderSettings>;

/** What carries the connections, with its defaults. */
export type Forwarder = z.output<typeof forwarderSettings>;

/** A single machine, whose kind is its operating system. */
type VirtualMachine = NonNullable<Forwarder["virtualMachines"]>[number];

/** The single machines that a forwarder has, beside its scale set or without one. */
export function machinesOf(
  forwarder: Pick<Forwarder, "operatingSystem" | "scaleSet" | "virtualMachines">,
): readonly VirtualMachine[] {
  const { operatingSystem: kind, scaleSet, virtualMachines } = forwarder;
  return virtualMachines ?? (scaleSet ? [] : [{ kind, name: DEFAULT_FORWARDER_NAME } as VirtualMachine]);
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
      (machine.kind === forwarder.operatingSystem
        ? modelProblems({ ...forwarder, ...machine })
        : otherProblems(forwarder, machine)
      )
        .filter(({ path, complaint }) => !said.has(`${pathText(path)} ${complaint}`))
        .map(({ path, complaint }) => ({ path: ["virtualMachines", index, ...path], complaint })),
    ),
  ];
}

type Model = Machine & { readonly image?: Image };

/** What a machine of this size, disk and image cannot be. */
function modelProblems({ operatingSystem, ...model }: Model & Pick<Forwarder, "operatingSystem">): Problem[] {
  const { image, size } = model;
  return [
    ...machineProblems(model),
    ...(operatingSystem === "linux"
      ? [...linuxImageProblems(image), ...linuxSizeProblems(image, size)]
      : windowsImageProblems(image)),
  ];
}

/** What a machine of the other system cannot be; it has the others' size, disk and administrator, not their image. */
function otherProblems(forwarder: Forwarder, machine: VirtualMachine): Problem[] {
  const { kind, size = forwarder.size, osDiskType = forwarder.osDiskType, image } = machine;
  const [system, userName] = kind === "linux" ? [LINUX, linuxUserName] : [WINDOWS, windowsUserName];
  return [
    ...modelProblems({ ...forwarder, operatingSystem: kind, size, osDiskType, image }),
    ...check("size", size, system.size),
    ...check("operatingSystem", forwarder.adminUsername, (name) => {
      const complaint = userName(name);
      return complaint === undefined
        ? undefined
        : `asks of adminUsername, which is its administrator's too: it ${complaint}`;
    }),
  ];
}

/** Ports that the machines' own services listen on: the probe would be answered by them, and portproxy could not bind. */
function takenPorts(forwarder: Forwarder): Problem[] {
  const { ports, scaleSet, operatingSystem } = forwarder;
  const systems = new Set([...(scaleSet ? [operatingSystem] : []), ...machinesOf(forwarder).map(({ kind }) => kind)]);
  return [LINUX, WINDOWS]
    .filter(({ name }) => systems.has(name))
    .flatMap(({ name, takenPorts: taken }) =>
      // Linux forwards in the kernel, so only the port that it answers probes on must be free.
      (name === "windows" ? ports : ports.slice(0, 1)).flatMap((port, index) =>
        check(["ports", index], port, () =>
          taken.includes(port)
            ? `must be none that ${name} listens on itself (${taken.join(", ")}), got ${port}`
            : undefined,
        ),
      ),
    );
}
