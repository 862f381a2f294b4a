import { WindowsVirtualMachine } from "@cdktf/provider-azurerm/lib/windows-virtual-machine";
import { WindowsVirtualMachineScaleSet } from "@cdktf/provider-azurerm/lib/windows-virtual-machine-scale-set";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { Problem } from "../azure/check";
import { needsPlatformPatching } from "../azure/image";
import { section, text } from "../azure/setting";
import { settled } from "../azure/settled";
import { forwardingSettings } from "../guest/forwarding";
import { windowsPayload } from "../guest/windows-payload";
import { Image } from "../machine/image-settings";
import { WINDOWS } from "../machine/operating-system";
import { GuestExtension, IGuest, IScaleSet, IVirtualMachine } from "./guest";
import { lifecycle, ScaleSetProps, trustedScaleSet, trustedVirtualMachine, VirtualMachineProps } from "./machine";
import { windowsGuestSettings, windowsImageProblems } from "./windows-guest-settings";

const props = section({
  ...windowsGuestSettings,
  /**
   * The administrator's password, a token of a sensitive variable; 8 to 123 characters of three kinds. Machines that are
   * there keep theirs when it changes.
   */
  adminPassword: text(),
  /** What is forwarded, from where, and where to. */
  forwarding: forwardingSettings,
});

/** What a `WindowsGuest` is made of. */
export type WindowsGuestProps = z.input<typeof props>;

// of generation 2 and not hot-patched: patching by the platform needs a way out, which forwarders do not have.
const WINDOWS_SERVER: Image = {
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  sku: "2025-datacenter-g2",
  version: "latest",
};

// another password would replace every machine: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/windows_virtual_machine#admin_password-1
const PASSWORD = ["admin_password"];

/**
 * Defines a Windows Server that forwards with `netsh interface portproxy`, set up by the custom script extension at
 * first boot and again whenever the script or APIM's address changes; nobody logs in, nothing restarts.
 *
 * Several machines share one guest.
 */
export class WindowsGuest extends Construct implements IGuest {
  public readonly operatingSystem = WINDOWS;
  public readonly extension: GuestExtension;
  private readonly settings: z.output<typeof props>;

  constructor(scope: Construct, id: string, given: WindowsGuestProps) {
    super(scope, id);
    this.settings = settled(this, props, given, ({ image }) => windowsImageProblems(image));

    const payload = windowsPayload(this.settings.forwarding);
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
  }

  machineProblems({ image }: Pick<VirtualMachineProps, "image">): Problem[] {
    return windowsImageProblems(image);
  }

  virtualMachine(scope: Construct, id: string, machine: VirtualMachineProps): IVirtualMachine {
    const image = machine.image ?? this.image;
    return new WindowsVirtualMachine(scope, id, {
      ...this.system(image),
      ...trustedVirtualMachine(machine),
      // azurerm refuses an image that is hot-patched without this, and Azure any other image with it.
      patchMode: needsPlatformPatching(image) ? "AutomaticByPlatform" : undefined,
      lifecycle: lifecycle(PASSWORD, machine.replaceTriggeredBy),
    });
  }

  scaleSet(scope: Construct, id: string, scaleSet: ScaleSetProps): IScaleSet {
    return new WindowsVirtualMachineScaleSet(scope, id, {
      ...this.system(this.image),
      ...trustedScaleSet({ ...scaleSet, ignoreChanges: [...scaleSet.ignoreChanges, ...PASSWORD] }),
      extension: [this.extension],
    });
  }

  private get image(): Image {
    return this.settings.image ?? WINDOWS_SERVER;
  }

  private system(image: Image) {
    return {
      adminUsername: this.settings.adminUsername,
      adminPassword: this.settings.adminPassword,
      sourceImageReference: image,
    };
  }
}
