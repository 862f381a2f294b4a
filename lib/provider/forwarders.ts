import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { IResourceGroup } from "../network/resource-group";
import { ForwarderSection } from "../deployment/forwarder-section";
import { Forwarding } from "../guest/forwarding";
import { ForwarderScaleSet } from "./forwarder-scale-set";
import { ForwarderVm, ForwarderVmSettings } from "./forwarder-vm";
import { IGuest } from "./guest";
import { LinuxGuest } from "./linux-guest";
import { IForwarder, IForwarderPool } from "./pls-load-balancer";
import { ISubnet } from "../network/subnet";
import { WindowsGuest } from "./windows-guest";

/** What a `Forwarders` tier is made of. */
export interface ForwardersProps {
  /** The forwarder section of the deployment file. */
  readonly settings: ForwarderSection;
  /** What is forwarded, from where, and where to. */
  readonly forwarding: Forwarding;
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the machines. */
  readonly subnet: ISubnet;
}

/** The machines of a deployment whose file names none. */
export const DEFAULT_MACHINES: readonly ForwarderVmSettings[] = [{ name: "vm-forwarder-1" }];

/** Defines all that carries traffic in one deployment: one guest, and the machines or the scale set that it runs in. */
export class Forwarders extends Construct implements IForwarder {
  private readonly machines: readonly IForwarder[];

  constructor(scope: Construct, id: string, props: ForwardersProps) {
    super(scope, id);

    const { settings, forwarding, resourceGroup, subnet } = props;
    const { scaleSet } = settings;
    const guest = this.defineGuest(settings, forwarding);
    const machines = new Construct(this, "Machines");
    this.machines = scaleSet
      ? [new ForwarderScaleSet(this, "ScaleSet", { ...settings, ...scaleSet, resourceGroup, subnet, guest })]
      : (settings.virtualMachines ?? DEFAULT_MACHINES).map(
          (machine) =>
            new ForwarderVm(machines, machine.name, { ...settings, ...machine, resourceGroup, subnet, guest }),
        );
  }

  attachTo(pool: IForwarderPool): void {
    for (const machine of this.machines) machine.attachTo(pool);
  }

  private defineGuest(settings: ForwardersProps["settings"], forwarding: Forwarding): IGuest {
    if (settings.operatingSystem === "linux") return new LinuxGuest(this, "Guest", { ...settings, forwarding });
    const adminPassword = new TerraformVariable(TerraformStack.of(this), "forwarder_admin_password", {
      type: "string",
      sensitive: true,
      description: "The password of the forwarders' administrator, 8 to 123 characters of three kinds.",
    });
    return new WindowsGuest(this, "Guest", { ...settings, adminPassword: adminPassword.stringValue, forwarding });
  }
}
