import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { Problem, refuse, ruled } from "../azure/rule";
import { linuxUserName, sshPublicKey } from "../azure/virtual-machine";
import { Forwarding, forwardingProblems } from "../guest/forwarding";
import { linuxPayload } from "../guest/linux-payload";
import { IGuest, ImageSettings, MACHINE_DEFAULTS, VirtualMachineProps } from "./guest";

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
    ...ruled("adminUsername", settings.adminUsername, linuxUserName),
    ...ruled("sshPublicKey", settings.sshPublicKey, sshPublicKey),
  ];
}

/**
 * Defines a Linux that forwards in the kernel from its first boot on: its cloud-init data stands in the Terraform as a
 * list of lines, so that a changed line is a changed line in review.
 *
 * Several machines share one guest. A machine is replaced when APIM's address changes, because cloud-init runs once.
 */
export class LinuxGuest extends Construct implements IGuest {
  /** The cloud-init data as Azure takes it. */
  public readonly customData: string;
  private readonly settings: LinuxGuestSettings;

  constructor(scope: Construct, id: string, props: LinuxGuestProps) {
    super(scope, id);
    refuse(this, [...linuxGuestProblems(props), ...forwardingProblems(props.forwarding)]);

    const cloudConfig = new TerraformLocal(this, "CloudConfig", linuxPayload(props.forwarding));

    this.customData = `\${base64encode(join("\\n", ${cloudConfig.fqn}))}`;
    this.settings = props;
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): void {
    const adminUsername = this.settings.adminUsername ?? "azureuser";
    new LinuxVirtualMachine(scope, id, {
      name: machine.name,
      resourceGroupName: machine.resourceGroupName,
      location: machine.location,
      zone: machine.zone,
      size: machine.size ?? MACHINE_DEFAULTS.size,
      networkInterfaceIds: [machine.networkInterfaceId],
      adminUsername,
      adminSshKey: [{ username: adminUsername, publicKey: this.settings.sshPublicKey }],
      disablePasswordAuthentication: true,
      customData: this.customData,
      sourceImageReference: { version: "latest", ...(this.settings.image ?? UBUNTU) },
      osDisk: { caching: "ReadWrite", storageAccountType: machine.osDiskType ?? MACHINE_DEFAULTS.osDiskType },
      secureBootEnabled: true,
      vtpmEnabled: true,
      encryptionAtHostEnabled: machine.encryptionAtHostEnabled,
      // an empty block means storage that Azure manages.
      bootDiagnostics: {},
      dependsOn: machine.dependsOn,
    });
  }
}
