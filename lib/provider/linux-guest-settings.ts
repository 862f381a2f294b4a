import { check, prefixed, Problem } from "../azure/check";
import { imageKindProblems } from "../azure/image";
import { x64Size } from "../azure/vm-size";
import { Image, imageSettings } from "../machine/image-settings";
import { linuxLoginSettings } from "../machine/linux-login";

/** What a Linux guest is told. */
export const linuxGuestSettings = {
  ...linuxLoginSettings,
  /** A generation 2 image with cloud-init, systemd, nftables, Python 3 and the Azure Linux agent; where it is left out, Ubuntu Server 24.04 LTS. */
  image: imageSettings.optional(),
};

/** An image that cannot be a Linux guest's, as far as its name says it. */
export function linuxImageProblems(image: Image | undefined): Problem[] {
  return image === undefined ? [] : prefixed("image", imageKindProblems(image, "Linux"));
}

/** A size whose processor cannot run the guest's image: one of somebody's own may be for Arm, Ubuntu's is for x64. */
export function linuxSizeProblems(image: Image | undefined, size: string): Problem[] {
  return image === undefined ? check("size", size, x64Size) : [];
}
