import { z } from "zod";
import { listOnce } from "./setting";

/** An availability zone, as a number or as text. */
export const zone = z.literal(["1", "2", "3", 1, 2, 3]).transform((zone) => String(zone) as "1" | "2" | "3");

/** Availability zones, each once. */
export const zones = listOnce(zone).min(1).max(3);
