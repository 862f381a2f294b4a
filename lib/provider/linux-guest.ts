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
import { IGuest, IScaleSet, IVirtualMachine } from "./guest";
import { linuxGuestSettings, linuxImageProblems, linuxSizeProblems } from "./linux-guest-settings";
import { ScaleSetProps, trustedScaleSet, trustedVirtualMachine, VirtualMachineProps } from "./machine";

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
 * Several machines share one guest. When APIM's address changes, a virtual machine is replaced, because cloud-init runs
 * once; a scale set's machines are brought up to date in batches by the custom script extension.
 */
export class LinuxGuest extends Construct implements IGuest {
  public readonly operatingSystem = LINUX;
  /** The cloud-init data as Azure takes it. */
  public readonly customData: string;
  private readonly settings: z.output<typeof props>;

  constructor(scope: Construct, id: string, given: LinuxGuestProps) {
    super(scope, id);
    this.settings = settled(this, props, given, ({ image }) => linuxImageProblems(image));

    const cloudConfig = new TerraformLocal(this, "CloudConfig", linuxPayload(this.settings.forwarding));

    this.customData = `\${base64encode(join("\\n", ${cloudConfig.fqn}))}`;
  }

  machineProblems({ size }: { readonly size: string }): Problem[] {
    return linuxSizeProblems(this.settings.image, size);
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): IVirtualMachine {
    return new LinuxVirtualMachine(scope, id, {
      ...this.system(),
      ...trustedVirtualMachine(machine),
    });
  }

  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet {
    const refresh = new TerraformLocal(scope, "Refresh", linuxRefresh(this.customData));
    return new LinuxVirtualMachineScaleSet(scope, id, {
      ...this.system(),
      ...trustedScaleSet(scaleSet),
      extension: [
        {
          name: "forwarding",
          publisher: "Microsoft.Azure.Extensions",
          type: "CustomScript",
          typeHandlerVersion: "2.1",
          autoUpgradeMinorVersion: true,
          protectedSettings: `\${jsonencode({ script = base64gzip(join("\\n", ${refresh.fqn})) })}`,
        },
      ],
    });
  }

  private system() {
    return {
      ...linuxLogin(this.settings),
      customData: this.customData,
      sourceImageReference: this.settings.image ?? UBUNTU,
    };
  }
}
