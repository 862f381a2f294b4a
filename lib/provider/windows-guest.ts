import { VirtualMachineExtension } from "@cdktf/provider-azurerm/lib/virtual-machine-extension";
import { WindowsVirtualMachine } from "@cdktf/provider-azurerm/lib/windows-virtual-machine";
import { WindowsVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/windows-virtual-machine-scale-set";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { azureName } from "../azure/names";
import { Problem, throwIfAny, check } from "../azure/check";
import { windowsUserName } from "../azure/virtual-machine";
import { windowsSize } from "../azure/vm-size";
import { Forwarding, forwardingProblems } from "../guest/forwarding";
import { windowsPayload } from "../guest/windows-payload";
import { IGuest, imageProblems, ImageSettings, IScaleSet } from "./guest";
import { ScaleSetProps, trustedScaleSet, trustedVirtualMachine, VirtualMachineProps } from "./machine";

/** The part of a Windows guest that people decide. */
export interface WindowsGuestSettings {
  /** @default "azureuser" */
  readonly adminUsername?: string;
  /**
   * A generation 2 image of Windows Server 2022 or newer.
   *
   * @default - Windows Server 2025 Datacenter: Azure Edition
   */
  readonly image?: ImageSettings;
}

/** What a `WindowsGuest` is made of. */
export interface WindowsGuestProps extends WindowsGuestSettings {
  /**
   * The administrator's password, a token of a sensitive variable; 8 to 123 characters of three kinds. Machines that are
   * there keep theirs when it changes.
   */
  readonly adminPassword: string;
  /** What is forwarded, from where, and where to. */
  readonly forwarding: Forwarding;
}

const WINDOWS_SERVER = {
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  sku: "2025-datacenter-azure-edition",
};

// another password would replace every machine: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/windows_virtual_machine#admin_password-1
const PASSWORD = ["admin_password"];

/** What is wrong with the settings of a Windows guest. */
export function windowsGuestProblems(settings: WindowsGuestSettings): Problem[] {
  return [...check("adminUsername", settings.adminUsername, windowsUserName), ...imageProblems(settings.image)];
}

/**
 * Defines a Windows Server that forwards with `netsh interface portproxy`, set up by the custom script extension at
 * first boot and again whenever the script or APIM's address changes; nobody logs in, nothing restarts.
 *
 * Several machines share one guest.
 */
export class WindowsGuest extends Construct implements IGuest {
  public readonly virtualMachineName = azureName.windowsVirtualMachine;
  public readonly scaleSetName = azureName.windowsScaleSet;
  public readonly size = windowsSize;
  private readonly extension: {
    readonly name: string;
    readonly publisher: string;
    readonly type: string;
    readonly typeHandlerVersion: string;
    readonly autoUpgradeMinorVersion: boolean;
    readonly protectedSettings: string;
  };
  private readonly settings: WindowsGuestProps;

  constructor(scope: Construct, id: string, props: WindowsGuestProps) {
    super(scope, id);
    throwIfAny(this, [...windowsGuestProblems(props), ...forwardingProblems(props.forwarding)]);

    const payload = windowsPayload(props.forwarding);
    const script = new TerraformLocal(this, "Script", payload.script);

    // a command line holds 8,191 characters, so the script travels compressed.
    const packed = `\${base64gzip(join("\\r\\n", ${script.fqn}))}`;
    const command = new TerraformLocal(this, "Command", [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"$ErrorActionPreference = 'Stop'",
      `$packed = [IO.MemoryStream]::new([Convert]::FromBase64String('${packed}'))`,
      "$script = [IO.StreamReader]::new([IO.Compression.GZipStream]::new($packed, 'Decompress')).ReadToEnd()",
      "[IO.File]::WriteAllText('forward.ps1', $script)",
      `& '.\\forward.ps1' ${payload.arguments}"`,
    ]);
    this.extension = {
      name: "forwarding",
      publisher: "Microsoft.Compute",
      type: "CustomScriptExtension",
      typeHandlerVersion: "1.10",
      autoUpgradeMinorVersion: true,
      protectedSettings: `\${jsonencode({ commandToExecute = join("; ", ${command.fqn}) })}`,
    };
    this.settings = props;
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): void {
    const virtualMachine = new WindowsVirtualMachine(scope, id, {
      ...this.system(),
      ...trustedVirtualMachine(machine),
      lifecycle: { ignoreChanges: PASSWORD },
    });
    new VirtualMachineExtension(scope, "Forwarding", { ...this.extension, virtualMachineId: virtualMachine.id });
  }

  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet {
    return new WindowsVirtualMachineScaleSet(scope, id, {
      ...this.system(),
      ...trustedScaleSet({ ...scaleSet, ignoreChanges: [...scaleSet.ignoreChanges, ...PASSWORD] }),
      extension: [this.extension],
    });
  }

  private system() {
    return {
      adminUsername: this.settings.adminUsername ?? "azureuser",
      adminPassword: this.settings.adminPassword,
      sourceImageReference: { version: "latest", ...(this.settings.image ?? WINDOWS_SERVER) },
    };
  }
}
