import { prefixed, Problem } from "../azure/check";
import { imageKindProblems } from "../azure/image";
import { text } from "../azure/setting";
import { windowsUserName } from "../azure/virtual-machine";
import { Image, imageSettings } from "../machine/image-settings";

/** What a Windows guest is told. */
export const windowsGuestSettings = {
  /** The administrator's name. */
  adminUsername: text(windowsUserName).default("azureuser"),
  /** A generation 2 image of Windows Server 2022 or newer; where it is left out, Windows Server 2025 Datacenter. */
  image: imageSettings.optional(),
};

/** An image that cannot be a Windows guest's, as far as its name says it. */
export function windowsImageProblems(image: Image | undefined): Problem[] {
  return image === undefined ? [] : prefixed("image", imageKindProblems(image, "Windows"));
}
