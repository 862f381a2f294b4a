import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Deployment } from "../deployment/deployment";
import { rememberedBackend } from "./backend-memory";
import { keptPlaces, KeptState, keptState } from "./kept-state";
import { PlacedStack, placedStacks } from "./state-places";

/**
 * What somebody should know about local states before a deployment is deployed, a note each: states that the file no longer
 * leads to, because a stack, a name, a group, a subscription or the backend was changed in it.
 *
 * @param outdir where the stacks are written
 * @param file the deployment file
 */
export function stateNotes(outdir: string, deployment: Deployment, file: string): string[] {
  const folder = resolve(outdir, "..", "state");
  const stacks = placedStacks(deployment);
  const found = new Folder(folder, deployment, file, stacks);
  if (deployment.state.backend !== "local") {
    return stacks.flatMap((stack) => movedBackend(found, stack, rememberedBackend(outdir, stack.stack)?.type));
  }
  const own = new Set(stacks.map(({ place }) => place));
  const others = keptPlaces(folder).filter((place) => !own.has(place));
  return others.flatMap((place) => found.noteOn(place));
}

/** What is to be said of a stack whose state is in a local file, while the deployment keeps states elsewhere. */
function movedBackend(found: Folder, { stack, place }: PlacedStack, remembered: string | undefined): string[] {
  if (remembered !== undefined && remembered !== "local") return [];
  const state = keptState(found.folder, place);
  if (state === undefined) return [];
  const kept = `The state of ${stack} was kept in ${found.path(place)}, which holds ${counted(state.resources)}`;
  return remembered === "local"
    ? [`${kept}: npx cdktf deploy ${stack} --migrate-state copies it; then move the file out of state/.`]
    : [
        `${kept}, and Terraform no longer knows it: docs/runbook.md, "Move the state". Where it was copied before, move the file out of state/.`,
      ];
}

function counted(resources: number): string {
  return resources === 1 ? "1 resource" : `${resources} resources`;
}

/** The local states of a project, seen from one deployment. */
class Folder {
  constructor(
    readonly folder: string,
    private readonly deployment: Deployment,
    private readonly file: string,
    private readonly stacks: readonly PlacedStack[],
  ) {}

  /** What is to be said of a state at a place that is none of the deployment's. */
  noteOn(place: string): string[] {
    const [name, , , last = ""] = place.split("/");
    const stack = this.stacks.find((one) => `${one.stack}.tfstate` === last);
    const ours = name === this.deployment.name;
    if (stack === undefined ? !ours : !ours && !place.endsWith(stack.place.slice(stack.place.indexOf("/")))) return [];
    const state = keptState(this.folder, place);
    if (state === undefined) return [];
    if (stack === undefined) return this.belongs(state) ? [this.orphan(state)] : [];
    // what was deployed from here is known: the other state is that of another subscription, or of another file.
    if (existsSync(join(this.folder, stack.place))) return [];
    return ours ? this.elsewhere(state, stack) : this.renamed(state, stack);
  }

  private orphan({ place, resources, stack }: KeptState): string {
    const consumer = stack.replace(/^consumer-/, "");
    return `${this.path(place)} holds ${counted(resources)} of ${stack}, which ${this.file} no longer has. Put its entry back with remove: true, run npx cdktf deploy ${stack}, then take the entry out; where ${consumer} has another name now, move its state: docs/runbook.md, "Rename a consumer".`;
  }

  private renamed(state: KeptState, { place, main, identity }: PlacedStack): string[] {
    const same =
      state.names(main.type).includes(main.name) ||
      state.names("azurerm_resource_group").some((name) => name.toLowerCase() === identity.resourceGroup.toLowerCase());
    const { deployment, stack, resources } = state;
    return same && !this.otherApim(state)
      ? [
          `This deployment's state was kept under the name ${deployment}: ${this.path(state.place)} holds ${counted(resources)} of ${stack}, and ${this.path(place)} nothing. Write name: ${deployment} into ${this.file}, or move the state: ${this.move(state.place, place)}`,
        ]
      : [];
  }

  private elsewhere(state: KeptState, { place, stack, identity }: PlacedStack): string[] {
    const moved = state.subscriptionId !== identity.subscriptionId;
    // one file with several subscriptions has a state in each.
    if ((moved && this.deployment.subscriptionsVary) || !this.belongs(state) || this.otherApim(state)) return [];
    const [key, before] = moved ? ["subscription", state.subscriptionId] : ["resource group", state.resourceGroup];
    return [
      `This deployment's state was kept under the ${key} ${before}: ${this.path(state.place)} holds ${counted(state.resources)} of ${stack}, and ${this.path(place)} nothing. Azure cannot rename a group or move a service: put ${before} back into ${this.file} and destroy ${stack} first, or leave both standing.`,
    ];
  }

  /** Whether a state is that of a stack of this file, as far as it tells: another file of the same name has states too. */
  private belongs({ stack, place, readFrom, alias }: KeptState): boolean {
    const { provider, service } = this.deployment;
    if (stack === "provider") {
      return provider !== undefined || this.stacks.some((one) => keptState(this.folder, one.place)?.readFrom === place);
    }
    if (readFrom !== undefined) return this.stacks.some((one) => one.place === readFrom);
    return alias === undefined || (provider === undefined && alias === service?.alias);
  }

  /** Whether a provider's state holds another instance than the file's. */
  private otherApim(state: KeptState): boolean {
    const apim = this.deployment.provider?.apim;
    const names = state.names("azurerm_api_management");
    return apim !== undefined && "name" in apim && names.length > 0 && !names.includes(apim.name);
  }

  /** A place as people find it. */
  path(place: string): string {
    return relative(process.cwd(), join(this.folder, place));
  }

  private move(from: string, to: string): string {
    const target = this.path(to);
    return `mkdir -p '${join(target, "..")}' && mv '${this.path(from)}' '${target}'`;
  }
}
