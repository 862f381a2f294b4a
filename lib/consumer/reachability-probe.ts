import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { VirtualMachineRunCommand } from "@cdktf/provider-azurerm/lib/virtual-machine-run-command";
import { DataResource, dependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { APIM_STATUS_PATH } from "../azure/api-management";
import { settled } from "../azure/settled";
import { HostNames } from "../dns/host-names";
import { guestFile } from "../guest/guest-file";
import { UBUNTU } from "../machine/image-settings";
import { linuxLogin } from "../machine/linux-login";
import { trustedMachine } from "../machine/trusted-machine";
import { postconditions } from "../network/postconditions";
import { standingIn } from "../network/subnet";
import { ConsumerEndpoint } from "./consumer-endpoint";
import {
  reachabilityProbeProblems,
  ReachabilityProbeSettings,
  reachabilityProbeSettings,
} from "./reachability-probe-settings";

/** What a `ReachabilityProbe` is made of. */
export interface ReachabilityProbeProps extends ReachabilityProbeSettings {
  /** The endpoint that is called through; the machine stands in its subnet. */
  readonly endpoint: ConsumerEndpoint;
  /** The service's host names; one that is called `gateway` must answer 200 on APIM's health path. */
  readonly hostNames: HostNames;
  /** The host names that are called, in order. */
  readonly called: readonly string[];
}

/**
 * Defines a small machine without a public address in the endpoint's subnet that calls every host name through the
 * endpoint, with verified TLS, once it is made. The deployment fails when a call does. Nothing depends on it, so it can
 * be taken out again.
 */
export class ReachabilityProbe extends Construct {
  /** The machine that calls. */
  public readonly virtualMachine: LinuxVirtualMachine;
  /** What the calls said, one line a host name. */
  public readonly result: string;

  constructor(scope: Construct, id: string, props: ReachabilityProbeProps) {
    super(scope, id);
    const settings = settled(this, reachabilityProbeSettings, props, reachabilityProbeProblems);

    const { endpoint } = props;
    const { name: resourceGroupName, location } = endpoint.resourceGroup;
    const { name, size } = settings;
    const networkInterface = new NetworkInterface(this, "NetworkInterface", {
      name: `${name}-nic`,
      resourceGroupName,
      location,
      ipConfiguration: [{ name: "ipconfig1", subnetId: endpoint.subnet.id, privateIpAddressAllocation: "Dynamic" }],
      // the endpoint's address comes first.
      dependsOn: [...endpoint.ready],
      lifecycle: { replaceTriggeredBy: standingIn(endpoint.subnet) },
    });
    this.virtualMachine = new LinuxVirtualMachine(this, "Resource", {
      name,
      resourceGroupName,
      location,
      size,
      networkInterfaceIds: [networkInterface.id],
      ...linuxLogin(settings),
      sourceImageReference: UBUNTU,
      ...trustedMachine({ osDiskType: "Standard_LRS" }),
      // Azure deletes no network interface that a machine has.
      lifecycle: { replaceTriggeredBy: [`${dependable(networkInterface)}.id`] },
    });
    const script = new TerraformLocal(this, "Script", this.script(props));
    // a changed script is a new call: one that fails must not stay behind as the state of the old one.
    const input = new DataResource(this, "Input", {
      input: { script: `\${${script.fqn}}`, status: endpoint.connectionStatus },
    });
    const call = new VirtualMachineRunCommand(this, "Call", {
      name: "call-through-endpoint",
      location,
      virtualMachineId: this.virtualMachine.id,
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
