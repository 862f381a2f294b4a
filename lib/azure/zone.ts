import { z } from "zod";
import { listOnce } from "./setting";

/** An availability zone, as a number or as text. */
export const zone = z.literal(["1", "2", "3", 1, 2, 3]).transform((zone) => String(zone) as "1" | "2" | "3");

/** Availability zones, each once, of which there are three. */
export const zones = listOnce(zone).min(1).meta({ maxItems: 3 });
