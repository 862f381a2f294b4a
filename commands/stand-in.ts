import { createHash } from "node:crypto";
import { Environment } from "../lib/deployment/environment";

/**
 * An environment in which every variable is set to an id that exists nowhere, the same for the same name everywhere. What is
 * committed or reviewed then needs no real subscription, and shows none.
 */
export const STAND_IN: Environment = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => (typeof name === "string" ? idOf(name) : undefined) },
);

function idOf(name: string): string {
  const digest = createHash("sha256").update(name).digest("hex");
  return `00000000-0000-0000-${digest.slice(0, 4)}-${digest.slice(4, 16)}`;
}
