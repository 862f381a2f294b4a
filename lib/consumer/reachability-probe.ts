import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { VirtualMachineRunCommand } from "@cdktf/provider-azurerm/lib/virtual-machine-run-command";
import { DataResource, dependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { APIM_STATUS_PATH } from "../azure/api-management";
import { azureName } from "../azure/names";
import { Problem, throwIfAny, check } from "../azure/check";
import { escapeTemplate } from "../azure/terraform-text";
import { linuxUserName, sshPublicKey } from "../azure/virtual-machine";
import { linuxSize } from "../azure/vm-size";
import { HostNames } from "../dns/host-names";
import { guestFile } from "../guest/guest-file";
import { postconditions } from "../network/postconditions";
import { trustedMachine } from "../provider/machine";
import { ConsumerEndpoint } from "./consumer-endpoint";

/** The part of a reachability probe that people decide. */
export interface ReachabilityProbeSettings {
  /** The public half of the administrator's SSH key, RSA or Ed25519; passwords are off. */
  readonly sshPublicKey: string;
  /** @default "azureuser" */
  readonly adminUsername?: string;
  /** @default "vm-probe" */
  readonly name?: string;
  /** @default "Standard_B1s" */
  readonly size?: string;
}

/** What a `ReachabilityProbe` is made of. */
export interface ReachabilityProbeProps extends ReachabilityProbeSettings {
  /** The endpoint that is called through; the machine stands in its subnet. */
  readonly endpoint: ConsumerEndpoint;
  /** The service's host names; one that is called `gateway` must answer 200 on APIM's health path. */
  readonly hostNames: HostNames;
  /** The host names that are called, in order. */
  readonly called: readonly string[];
}

/** What is wrong with the settings of a reachability probe. */
export function reachabilityProbeProblems(settings: ReachabilityProbeSettings): Problem[] {
  return [
    ...check("name", settings.name, azureName.linuxVirtualMachine),
    ...check("size", settings.size, linuxSize(undefined)),
    ...check("adminUsername", settings.adminUsername, linuxUserName),
    ...check("sshPublicKey", settings.sshPublicKey, sshPublicKey),
  ];
}

/**
 * Defines a small machine without a public address in the endpoint's subnet that calls every host name through the
 * endpoint, with verified TLS, once it is made. The deployment fails when a call does. Nothing depends on it, so it can
 * be taken out again.
 */
export class ReachabilityProbe extends Construct {
  /** What the calls said, one line a host name. */
  public readonly result: string;

  constructor(scope: Construct, id: string, props: ReachabilityProbeProps) {
    super(scope, id);
    throwIfAny(this, reachabilityProbeProblems(props));

    const { endpoint } = props;
    const { name: resourceGroupName, location } = endpoint.resourceGroup;
    const name = props.name ?? "vm-probe";
    const adminUsername = props.adminUsername ?? "azureuser";
    const networkInterface = new NetworkInterface(this, "NetworkInterface", {
      name: `${name}-nic`,
      resourceGroupName,
      location,
      ipConfiguration: [{ name: "ipconfig1", subnetId: endpoint.subnetId, privateIpAddressAllocation: "Dynamic" }],
      // the endpoint's address comes first.
      dependsOn: [...endpoint.ready],
    });
    const machine = new LinuxVirtualMachine(this, "Resource", {
      name,
      resourceGroupName,
      location,
      size: props.size ?? "Standard_B1s",
      networkInterfaceIds: [networkInterface.id],
      adminUsername,
      adminSshKey: [{ username: adminUsername, publicKey: escapeTemplate(props.sshPublicKey) }],
      disablePasswordAuthentication: true,
      sourceImageReference: {
        publisher: "Canonical",
        offer: "ubuntu-24_04-lts",
        sku: "server",
        version: "latest",
      },
      ...trustedMachine({ osDiskType: "Standard_LRS" }),
    });
    const script = new TerraformLocal(this, "Script", this.script(props));
    // a changed script is a new call: one that fails must not stay behind as the state of the old one.
    const input = new DataResource(this, "Input", {
      input: { script: `\${${script.fqn}}`, status: endpoint.connectionStatus },
    });
    const call = new VirtualMachineRunCommand(this, "Call", {
      name: "call-through-endpoint",
      location,
      virtualMachineId: machine.id,
      source: { script: `\${join("\\n", ${script.fqn})}` },
      lifecycle: {
        ...postconditions([
          {
            condition: "try(self.instance_view[0].exit_code == 0, false)",
            remedy:
              "The service was not reached through the private endpoint; the run command call-through-endpoint of the probe's machine says why. Is the connection approved?",
          },
        ]),
        replaceTriggeredBy: [dependable(input)],
      },
    });

    this.result = call.instanceView.get(0).output;
  }

  private script({ endpoint, hostNames, called }: ReachabilityProbeProps): string[] {
    const { gateway } = hostNames;
    const text = guestFile("probe/reachability.sh", {
      "endpoint=": endpoint.privateIpAddress,
      "host_names=": `'${called.join(" ")}'`,
      "health_host=": `'${gateway ?? ""}'`,
      "health_path=": APIM_STATUS_PATH,
    });
    return text.trimEnd().split("\n");
  }
}
