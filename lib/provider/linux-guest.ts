import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { LinuxVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/linux-virtual-machine-scale-set";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { azureName } from "../azure/names";
import { Problem, throwIfAny, Check, check } from "../azure/check";
import { escapeTemplate } from "../azure/terraform-text";
import { linuxUserName, sshPublicKey } from "../azure/virtual-machine";
import { linuxSize } from "../azure/vm-size";
import { Forwarding, forwardingProblems } from "../guest/forwarding";
import { linuxPayload, linuxRefresh } from "../guest/linux-payload";
import { IGuest, imageProblems, ImageSettings, IScaleSet } from "./guest";
import { ScaleSetProps, trustedScaleSet, trustedVirtualMachine, VirtualMachineProps } from "./machine";

/** The part of a Linux guest that people decide. */
export interface LinuxGuestSettings {
  /** The public half of the administrator's SSH key, RSA or Ed25519; passwords are off. */
  readonly sshPublicKey: string;
  /** @default "azureuser" */
  readonly adminUsername?: string;
  /**
   * A generation 2 image with cloud-init, systemd, nftables and Python 3.
   *
   * @default - Ubuntu Server 24.04 LTS
   */
  readonly image?: ImageSettings;
}

/** What a `LinuxGuest` is made of. */
export interface LinuxGuestProps extends LinuxGuestSettings {
  /** What is forwarded, from where, and where to. */
  readonly forwarding: Forwarding;
}

const UBUNTU = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server" };

/** What is wrong with the settings of a Linux guest. */
export function linuxGuestProblems(settings: LinuxGuestSettings): Problem[] {
  return [
    ...check("adminUsername", settings.adminUsername, linuxUserName),
    ...check("sshPublicKey", settings.sshPublicKey, sshPublicKey),
    ...imageProblems(settings.image),
  ];
}

/**
 * Defines a Linux that forwards in the kernel from its first boot on: its cloud-init data stands in the Terraform as a
 * list of lines, so that a changed line is a changed line in review.
 *
 * Several machines share one guest. When APIM's address changes, a virtual machine is replaced, because cloud-init runs
 * once; a scale set's machines are brought up to date in batches by the custom script extension.
 */
export class LinuxGuest extends Construct implements IGuest {
  public readonly virtualMachineName = azureName.linuxVirtualMachine;
  public readonly scaleSetName = azureName.linuxScaleSet;
  public readonly size: Check<string>;
  /** The cloud-init data as Azure takes it. */
  public readonly customData: string;
  private readonly settings: LinuxGuestSettings;

  constructor(scope: Construct, id: string, props: LinuxGuestProps) {
    super(scope, id);
    throwIfAny(this, [...linuxGuestProblems(props), ...forwardingProblems(props.forwarding)]);

    const cloudConfig = new TerraformLocal(this, "CloudConfig", linuxPayload(props.forwarding));

    this.size = linuxSize(props.image);
    this.customData = `\${base64encode(join("\\n", ${cloudConfig.fqn}))}`;
    this.settings = props;
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): void {
    new LinuxVirtualMachine(scope, id, {
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
    const adminUsername = this.settings.adminUsername ?? "azureuser";
    return {
      adminUsername,
      adminSshKey: [{ username: adminUsername, publicKey: escapeTemplate(this.settings.sshPublicKey) }],
      disablePasswordAuthentication: true,
      customData: this.customData,
      sourceImageReference: { version: "latest", ...(this.settings.image ?? UBUNTU) },
    };
  }
}
