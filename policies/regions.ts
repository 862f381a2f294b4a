import { z } from "zod";
import { code } from "../review/findings/words";
import { policy } from "./judge/policy";
import { argumentsIn } from "./judge/stack";

export default policy({
  name: "regions",
  why: "Where data may be, and where there is capacity and somebody who knows the region, is decided once for all deployments.",
  parameters: {
    regions: z.array(z.string().regex(/\S/, { error: "must be the name of a region" })).min(1),
  },
  judge: ({ resources }, { regions }) => {
    const allowed = new Set(regions.map(plain));
    return resources.flatMap((one) =>
      argumentsIn(one)
        .filter(({ last }) => last === "location")
        .filter(({ value }) => typeof value !== "string" || !allowed.has(plain(value)))
        .map(({ path, value }) => ({
          address: one.address,
          said:
            typeof value === "string"
              ? `has ${path} ${code(value)}; allowed: ${regions.join(", ")}`
              : `has a ${path} that nobody knows before Terraform runs; allowed: ${regions.join(", ")}`,
        })),
    );
  },
});

/** `West Europe` is westeurope. */
function plain(region: string): string {
  return region.toLowerCase().replaceAll(" ", "");
}
