import { ITerraformDependable, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { prefixed } from "../azure/check";
import { section } from "../azure/setting";
import { settled } from "../azure/settled";
import { Forwarding } from "../guest/forwarding";
import { IResourceGroup } from "../network/resource-group";
import { ISubnet } from "../network/subnet";
import { IForwarder, IForwarderPool } from "./forwarder-pool";
import { ForwarderScaleSet } from "./forwarder-scale-set";
import { Forwarder, forwarderProblems, forwarderSettings, machinesOf } from "./forwarder-settings";
import { ForwarderVm } from "./forwarder-vm";
import { LinuxGuest } from "./linux-guest";
import { WindowsGuest, WindowsGuestProps } from "./windows-guest";

const forwardersSettings = section({
  /** What carries the connections, as the deployment file says, and on which ports. */
  settings: forwarderSettings,
});

/** What a `Forwarders` tier is made of. */
export interface ForwardersProps extends z.input<typeof forwardersSettings> {
  /** From where connections are forwarded, and where to. */
  readonly forwarding: Pick<Forwarding, "targetAddress" | "allowFrom">;
  /** The resource group and region; the region is the network's. */
  readonly resourceGroup: IResourceGroup;
  /** The subnet of the machines. */
  readonly subnet: ISubnet;
  /** What Terraform is done with before it tells the machines anything, such as the subnet that they take connections from. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines all that carries traffic in one deployment: one guest, and the machines or the scale set that it runs in; a second guest
 * while machines of another system stand beside them.
 */
export class Forwarders extends Construct implements IForwarder {
  /** What runs in the machines, apart from such of another system. */
  public readonly guest: LinuxGuest | WindowsGuest;
  /** The single machines by name; none where there is a scale set. */
  public readonly virtualMachines: Readonly<Record<string, ForwarderVm>>;
  /** The scale set, if there is one. */
  public readonly scaleSet?: ForwarderScaleSet;

  constructor(scope: Construct, id: string, props: ForwardersProps) {
    super(scope, id);

    const { settings } = settled(this, forwardersSettings, props, (known) =>
      prefixed("settings", forwarderProblems(known.settings)),
    );

    const { resourceGroup, subnet, dependsOn = [] } = props;
    const forwarding = { ...props.forwarding, ports: settings.ports };
    this.guest =
      settings.operatingSystem === "linux"
        ? new LinuxGuest(this, "Guest", { ...settings, forwarding })
        : this.windowsGuest("Guest", settings, forwarding);
    const other = this.otherGuest(settings, forwarding);
    const common = { ...settings, resourceGroup, subnet, guest: this.guest };
    const single = new Construct(this, "Machines");
    this.scaleSet =
      settings.scaleSet && new ForwarderScaleSet(this, "ScaleSet", { ...common, ...settings.scaleSet, dependsOn });
    // one after the other, so that a change that stops a machine never stops all of them; by name, as Terraform finds a
    // cycle where machines are made anew in the other order.
    const machines: Record<string, ForwarderVm> = {};
    let former: ForwarderVm | undefined;
    const listed = machinesOf(settings);
    for (const { kind, ...machine } of [...listed].sort((one, other) => (one.name < other.name ? -1 : 1))) {
      former = new ForwarderVm(single, machine.name, {
        ...common,
        // an image is of one system.
        ...(kind === settings.operatingSystem || other === undefined ? {} : { guest: other, image: undefined }),
        ...machine,
        dependsOn: [...dependsOn, ...(former?.ready ?? [])],
      });
      machines[machine.name] = former;
    }
    this.virtualMachines = Object.fromEntries(
      listed.flatMap(({ name }) => (machines[name] ? [[name, machines[name]]] : [])),
    );
    this.node.defaultChild = this.scaleSet ?? Object.values(this.virtualMachines)[0];
  }

  attachTo(pool: IForwarderPool): ITerraformDependable[] {
    const carriers: IForwarder[] = [...Object.values(this.virtualMachines), ...(this.scaleSet ? [this.scaleSet] : [])];
    return carriers.flatMap((carrier) => carrier.attachTo(pool));
  }

  /** What runs in machines of the other system, if there are any. */
  private otherGuest(settings: Forwarder, forwarding: Forwarding): LinuxGuest | WindowsGuest | undefined {
    const { adminUsername } = settings;
    if (settings.operatingSystem === "linux") {
      const windows = settings.virtualMachines?.some(({ kind }) => kind === "windows");
      return windows ? this.windowsGuest("OtherGuest", { adminUsername }, forwarding) : undefined;
    }
    const linux = settings.virtualMachines?.find((machine) => machine.kind === "linux");
    return linux && new LinuxGuest(this, "OtherGuest", { adminUsername, sshPublicKey: linux.sshPublicKey, forwarding });
  }

  private windowsGuest(
    id: string,
    settings: Pick<WindowsGuestProps, "adminUsername" | "image">,
    forwarding: Forwarding,
  ): WindowsGuest {
    const adminPassword = new TerraformVariable(TerraformStack.of(this), "forwarder_admin_password", {
      type: "string",
      sensitive: true,
      description: "The password of the forwarders' administrator, 8 to 123 characters of three kinds.",
    });
    return new WindowsGuest(this, id, { ...settings, adminPassword: adminPassword.stringValue, forwarding });
  }
}
