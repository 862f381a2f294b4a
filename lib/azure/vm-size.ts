import { Token } from "cdktf";
import { both, Check, known, matching, shown } from "./check";

/** The size of a forwarder's machine where nobody says another. */
export const DEFAULT_SIZE = "Standard_B2s";

const wellFormed = matching(/^Standard_[A-Za-z\d][\w-]*$/, `a VM size such as ${DEFAULT_SIZE}`);

/** A rule against sizes of a pattern, in the words that follow the pattern's complaint. */
function none(pattern: RegExp, complaint: (size: string) => string): Check<string> {
  return known((size) => (pattern.test(size) ? complaint(shown(size)) : undefined), {
    not: { pattern: pattern.source },
  });
}

/**
 * A VM size that can boot a generation 2 image with Trusted Launch.
 * https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes,
 * https://learn.microsoft.com/azure/virtual-machines/generation-2#generation-2-vm-sizes
 */
export const trustedLaunchSize = both(
  wellFormed,
  none(
    /^Standard_(A\d+\w*|DS?\d+|DS?\d+(-\d+)?_v2(_Promo)?|[DE]\d+i?_v3|D\d+pl?[ds]{0,2}_v5|M\d+[a-z-]*\d*[a-z]*|N[CV]\d+r?|(DC|EC)\d+[ae][a-z]*_v\d+)$/,
    (size) =>
      "must be a size with Trusted Launch, which the A, Dv2, Dv3, Ev3, Dpsv5, M, NC, NV and confidential DC and EC " +
      `series lack, got ${size}; Standard_B2s and Standard_D2s_v5 have it`,
  ),
);

/**
 * A size that can boot an image for x64 processors; a `p` among the letters behind the number of vCPUs says Arm.
 * https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export const x64Size = both(
  trustedLaunchSize,
  none(
    /^Standard_[A-Z]+\d+(-\d+)?[a-z]*p/,
    (size) => `must be an x64 size, because the image is for x64, got the Arm size ${size}`,
  ),
);

/** A size for Windows. https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/bv1-series */
export const windowsSize = both(
  x64Size,
  none(/^Standard_B1ls$/, (size) => `must be a size that Windows runs on, got ${size}, which is for Linux only`),
);

/**
 * A size that takes premium disks: an `s` among the letters behind the number of vCPUs says so.
 * https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
export function takesPremiumDisks(size: string): boolean {
  return Token.isUnresolved(size) || /^Standard_([DGL]S\d|[A-Z]+\d+(-\d+)?[a-z]*s)/.test(size);
}

/** Of the first B series, only the largest have it: https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/bv1-series */
export function hasAcceleratedNetworking(size: string): boolean {
  return Token.isUnresolved(size) || !/^Standard_B(\d+|\d+l?s|[1-8]ms)$/.test(size);
}
