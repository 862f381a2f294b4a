import { Changes, edited as changed, shippedContent } from "../../commands/edited";
import { refusals, Terraform } from "../support/synthesized";

export type { Changes };

/** The content of a shipped deployment file with some values changed. */
export function edited(deployment: string, changes: Changes = {}): Terraform {
  return changed(shippedContent(deployment), changes);
}

/** What a deployment file is refused for, without the lines, which depend on how it is written down. */
export function complaints(content: unknown, environment: Record<string, string> = {}): string[] {
  return refusals(content, environment).map((complaint) => complaint.replace(/ \(line \d+\)/, ""));
}

/** A subscription's id that nothing else in the shipped files has. */
export function subscription(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, "0")}`;
}
