import { Forwarding, throwIfUnsound } from "./forwarding";
import { guestFile } from "./guest-file";

/** A script and how to call it. */
export interface WindowsPayload {
  /** The lines of `forward.ps1`; the same for every forwarding. */
  readonly script: string[];
  /** What follows the script's name, for `powershell -File` as well as within PowerShell. */
  readonly arguments: string;
}

/** The script that makes a Windows Server a forwarder. Nothing is downloaded, nothing restarts. */
export function windowsPayload(forwarding: Forwarding): WindowsPayload {
  throwIfUnsound(forwarding);

  const { targetAddress, ports, allowFrom } = forwarding;
  return {
    script: guestFile("windows/forward.ps1").trimEnd().split("\n"),
    arguments: `-TargetAddress ${targetAddress} -Ports ${ports.join(",")} -AllowFrom ${allowFrom.join(",")}`,
  };
}
