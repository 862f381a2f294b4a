import { text } from "../azure/setting";
import { windowsUserName } from "../azure/virtual-machine";
import { imageSettings } from "../machine/image-settings";

/** What a Windows guest is told. */
export const windowsGuestSettings = {
  /** The administrator's name. */
  adminUsername: text(windowsUserName).default("azureuser"),
  /** A generation 2 image of Windows Server 2022 or newer; where it is left out, Windows Server 2025 Datacenter: Azure Edition. */
  image: imageSettings.optional(),
};
