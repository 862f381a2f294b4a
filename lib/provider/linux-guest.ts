import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { LinuxVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/linux-virtual-machine-scale-set";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { Problem } from "../azure/check";
import { section } from "../azure/setting";
import { settled } from "../azure/settled";
import { forwardingSettings } from "../guest/forwarding";
import { linuxPayload, linuxRefresh } from "../guest/linux-payload";
import { UBUNTU } from "../machine/image-settings";
import { linuxLogin } from "../machine/linux-login";
import { LINUX } from "../machine/operating-system";
import { GuestExtension, IGuest, IScaleSet, IVirtualMachine } from "./guest";
import { linuxGuestSettings, linuxImageProblems, linuxSizeProblems } from "./linux-guest-settings";
import { lifecycle, ScaleSetProps, trustedScaleSet, trustedVirtualMachine, VirtualMachineProps } from "./machine";

const props = section({
  ...linuxGuestSettings,
  /** What is forwarded, from where, and where to. */
  forwarding: forwardingSettings,
});

/** What a `LinuxGuest` is made of. */
export type LinuxGuestProps = z.input<typeof props>;

/**
 * Defines a Linux that forwards in the kernel from its first boot on: its cloud-init data stands in the Terraform as a
 * list of lines, so that a changed line is a changed line in review.
 *
 * Several machines share one guest. cloud-init runs once; when APIM's address or anything else that a machine is told
 * changes, the custom script extension brings the running machine up to date without a restart, those of a scale set in
 * batches.
 */
export class LinuxGuest extends Construct implements IGuest {
  public readonly operatingSystem = LINUX;
  /** The cloud-init data as Azure takes it. */
  public readonly customData: string;
  public readonly extension: GuestExtension;
  private readonly settings: z.output<typeof props>;

  constructor(scope: Construct, id: string, given: LinuxGuestProps) {
    super(scope, id);
    this.settings = settled(this, props, given, ({ image }) => linuxImageProblems(image));

    const cloudConfig = new TerraformLocal(this, "CloudConfig", linuxPayload(this.settings.forwarding));

    this.customData = `\${base64encode(join("\\n", ${cloudConfig.fqn}))}`;
    const refresh = new TerraformLocal(this, "Refresh", linuxRefresh(this.customData));
    this.extension = {
      name: "forwarding",
      publisher: "Microsoft.Azure.Extensions",
      type: "CustomScript",
      typeHandlerVersion: "2.1",
      autoUpgradeMinorVersion: true,
      protectedSettings: `\${jsonencode({ script = base64gzip(join("\\n", ${refresh.fqn})) })}`,
    };
  }

  machineProblems({ size, image = this.settings.image }: Pick<VirtualMachineProps, "size" | "image">): Problem[] {
    return [...linuxImageProblems(image), ...linuxSizeProblems(image, size)];
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): IVirtualMachine {
    return new LinuxVirtualMachine(scope, id, {
      ...this.system(machine),
      ...trustedVirtualMachine(machine),
      // read at the first boot only; another one would replace the machine, to which the extension brings it anyway.
      lifecycle: lifecycle(["custom_data"], machine.replaceTriggeredBy),
    });
  }

  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet {
    return new LinuxVirtualMachineScaleSet(scope, id, {
      ...this.system(),
      ...trustedScaleSet(scaleSet),
      extension: [this.extension],
    });
  }

  private system({ image, sshPublicKey }: Pick<VirtualMachineProps, "image" | "sshPublicKey"> = {}) {
    const { settings } = this;
    return {
      ...linuxLogin({ ...settings, sshPublicKey: sshPublicKey ?? settings.sshPublicKey }),
      customData: this.customData,
      sourceImageReference: image ?? settings.image ?? UBUNTU,
    };
  }
}
