import { isToken, known, shown } from "./check";
import { text } from "./setting";

/** A region's name as Terraform takes it, such as `uksouth`. */
function asTerraform(name: string): string {
  return isToken(name) ? name : name.toLowerCase().replaceAll(" ", "");
}

const regionName = known<string>(
  (value) =>
    /^[a-z][a-z\d]{2,}$/.test(asTerraform(value))
      ? undefined
      : `must be a region such as uksouth or 'UK South', got ${shown(value)}`,
  { pattern: "^ *[A-Za-z]( *[A-Za-z\\d]){2,} *$" },
);

/** An Azure region, as people or as Terraform write it. */
export const region = text(regionName).overwrite(asTerraform);
