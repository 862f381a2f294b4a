import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PlacedStack } from "./state-places";

/** Where Terraform kept a stack's state when it last ran in the stack's folder. */
export interface RememberedBackend {
  /** Such as `local`, `azurerm` or `cloud`. */
  readonly type: string;
  /** The path, the key or the workspace; undefined for a backend that no deployment file asks for. */
  readonly place?: string;
}

/**
 * Has Terraform forget, in the folder of a stack, the backend of another deployment that ran there before: it would take the
 * one for the other's backend moved, and offer to copy the state. What is kept in a backend is not touched, and a backend
 * that does move, with the same place in it, is remembered.
 */
export function forgetOtherBackends(outdir: string, stacks: readonly PlacedStack[]): void {
  for (const { stack, place, workspace } of stacks) {
    const remembered = rememberedBackend(outdir, stack);
    if (remembered?.place === undefined || [place, workspace].includes(remembered.place)) continue;
    rmSync(memoryOf(outdir, stack));
  }
}

/** The backend that Terraform remembers in the folder of a stack; undefined where it remembers none. */
export function rememberedBackend(outdir: string, stack: string): RememberedBackend | undefined {
  let memory: { backend?: { type?: unknown; config?: Record<string, unknown> } };
  try {
    memory = JSON.parse(readFileSync(memoryOf(outdir, stack), "utf8")) as typeof memory;
  } catch {
    return undefined;
  }
  const { type, config = {} } = memory.backend ?? {};
  return typeof type === "string" ? { type, place: placeIn(type, config) } : undefined;
}

function memoryOf(outdir: string, stack: string): string {
  return join(outdir, "stacks", stack, ".terraform", "terraform.tfstate");
}

function placeIn(type: string, { path, key, workspaces }: Record<string, unknown>): string | undefined {
  const told = {
    local: () => text(path)?.replace(/^.*?\bstate\//, ""),
    azurerm: () => text(key),
    cloud: () => text((workspaces as Record<string, unknown> | undefined)?.name),
  }[type];
  return told?.();
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
