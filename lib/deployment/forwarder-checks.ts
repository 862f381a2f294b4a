import { ipv4Address } from "../azure/ip";
import { azureName } from "../azure/names";
import { Problem, check, prefixed } from "../azure/check";
import { linuxSize, windowsSize } from "../azure/vm-size";
import { portProblems } from "../guest/forwarding";
import { scaleSetProblems } from "../provider/scale-set-settings";
import { machineProblems } from "../provider/machine";
import { linuxGuestProblems } from "../provider/linux-guest";
import { windowsGuestProblems } from "../provider/windows-guest";
import { ForwarderSection } from "./forwarder-section";

/** What is wrong with the forwarders' section. */
export function forwarderProblems(forwarder: ForwarderSection): Problem[] {
  const windows = forwarder.operatingSystem === "windows";
  const vmName = windows ? azureName.windowsVirtualMachine : azureName.linuxVirtualMachine;
  const machines = forwarder.virtualMachines ?? [];
  const names = machines.map((machine) => machine.name.toLowerCase());
  const { scaleSet } = forwarder;
  return [
    ...(windows ? windowsGuestProblems(forwarder) : linuxGuestProblems(forwarder)),
    ...portProblems(forwarder.ports),
    ...takenPorts(forwarder),
    ...(scaleSet && forwarder.virtualMachines
      ? [{ path: ["scaleSet"], complaint: "must be left out where there are virtualMachines: choose one of the two" }]
      : []),
    ...(scaleSet
      ? prefixed("scaleSet", [
          ...check("name", scaleSet.name, windows ? azureName.windowsScaleSet : azureName.linuxScaleSet),
          ...scaleSetProblems(scaleSet),
        ])
      : []),
    ...machines.flatMap((machine, index) =>
      prefixed(
        ["virtualMachines", index],
        [
          ...check("name", machine.name, vmName),
          ...(names.indexOf(machine.name.toLowerCase()) < index
            ? [{ path: ["name"], complaint: `must differ from the others, got "${machine.name}" again` }]
            : []),
          ...check("privateIpAddress", machine.privateIpAddress, ipv4Address),
        ],
      ),
    ),
    ...machineProblems(forwarder, windows ? windowsSize : linuxSize(forwarder.image)),
  ];
}

/** Ports that the machine's own services listen on: the probe would be answered by them, and portproxy could not bind. */
function takenPorts({ operatingSystem, ports }: ForwarderSection): Problem[] {
  const taken = operatingSystem === "windows" ? [135, 139, 445, 3389, 5985, 5986, 47001] : [22, 53];
  // Linux forwards in the kernel, so only the port that it answers probes on must be free.
  const bound = operatingSystem === "windows" ? ports : ports.slice(0, 1);
  return bound.flatMap((port, index) =>
    taken.includes(port)
      ? [
          {
            path: ["ports", index],
            complaint: `must be none that ${operatingSystem} listens on itself (${taken.join(", ")}), got ${port}`,
          },
        ]
      : [],
  );
}
