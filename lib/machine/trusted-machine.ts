import { Machine } from "./machine-settings";

/** What a machine of either operating system is told: a disk, Trusted Launch, a console log that Azure keeps. */
export function trustedMachine(machine: Readonly<Pick<Machine, "osDiskType" | "encryptionAtHostEnabled">>) {
  return {
    osDisk: { caching: "ReadWrite", storageAccountType: machine.osDiskType },
    secureBootEnabled: true,
    vtpmEnabled: true,
    encryptionAtHostEnabled: machine.encryptionAtHostEnabled,
    // an empty block means storage that Azure manages.
    bootDiagnostics: {},
  };
}
