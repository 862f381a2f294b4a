import { text } from "../azure/setting";
import { escapeTemplate } from "../azure/terraform-text";
import { sshPublicKey } from "../azure/ssh-key";
import { linuxUserName } from "../azure/virtual-machine";

/** How somebody logs in to a Linux machine; passwords are off. */
export const linuxLoginSettings = {
  /** The public half of the administrator's SSH key, RSA with 2048 bits or more, or Ed25519. */
  sshPublicKey: text(sshPublicKey),
  /** The administrator's name. */
  adminUsername: text(linuxUserName).default("azureuser"),
};

/** How somebody logs in to a Linux machine, as azurerm takes it. */
export function linuxLogin({ adminUsername, sshPublicKey }: { adminUsername: string; sshPublicKey: string }) {
  return {
    adminUsername,
    adminSshKey: [{ username: adminUsername, publicKey: escapeTemplate(sshPublicKey) }],
    disablePasswordAuthentication: true,
  };
}
