import { allocate } from "./allocation";
import { attributes } from "./azure-attributes";
import { Computed, EvaluatedStack, StackSource, evaluateStack } from "./evaluate";
import { Addresses } from "./ip";
import { Json, list, object, text } from "./json";

/** How the ids of networks begin that no stack makes. */
const EXISTING = "/lab/existing/";

/** A deployment as Azure would answer for it: every argument evaluated, every address given out. */
export interface Deployed {
  readonly stacks: readonly EvaluatedStack[];
  /** The addresses that are taken in each subnet. */
  readonly addresses: Addresses;
  /** Prefixes of subnets that no stack makes. */
  readonly foreignSubnets: ReadonlyMap<string, string>;
}

/**
 * Evaluates all stacks, each after those whose outputs it reads.
 *
 * @param earlier what was deployed before; what has an address keeps it
 */
export async function deploy(folder: string, sources: readonly StackSource[], earlier?: Deployed): Promise<Deployed> {
  const addresses = new Addresses(earlier?.addresses);
  const foreignSubnets = new Map<string, string>();
  const done: { source: StackSource; stack: EvaluatedStack }[] = [];
  let waiting = [...sources];
  while (waiting.length > 0) {
    const ready = waiting.filter((source) => statesRead(source).every((state) => ownerOf(state, sources, done)));
    if (ready.length === 0) {
      throw new Error(`${waiting.map(({ name }) => name).join(", ")}: the state that is read belongs to no stack here`);
    }
    const stacks = await Promise.all(
      ready.map(async (source) => {
        const outputsOf = (state: Json): Json => ownerOf(state, sources, done)?.outputs ?? {};
        const draft = await evaluateStack(folder, source, computedBy(source, new Map(), outputsOf));
        const given = allocate(draft, addresses, foreignSubnets);
        return { source, stack: await evaluateStack(folder, source, computedBy(source, given, outputsOf)) };
      }),
    );
    done.push(...stacks);
    waiting = waiting.filter((source) => !ready.includes(source));
  }
  return { stacks: done.map(({ stack }) => stack), addresses, foreignSubnets };
}

function statesRead({ json }: StackSource): Json[] {
  return Object.values(object(object(json.data).terraform_remote_state)).map(object);
}

function ownerOf(
  state: Json,
  sources: readonly StackSource[],
  done: readonly { source: StackSource; stack: EvaluatedStack }[],
): EvaluatedStack | undefined {
  const place = placeOf(String(state.backend), object(state.config));
  const owner = sources.find(({ json }) => {
    const { backend, cloud } = object(json.terraform);
    const [kind = "", config] = Object.entries(object(backend))[0] ?? ["cloud", cloud];
    return placeOf(kind, object(config)) === place;
  });
  return done.find(({ source }) => source === owner)?.stack;
}

/** Where a state is; what is written as `cloud` is read as `remote`. */
function placeOf(kind: string, config: Json): string {
  if (kind !== "cloud" && kind !== "remote") return JSON.stringify([kind, config]);
  const workspaces = object(list(config.workspaces)[0]);
  return JSON.stringify(["cloud", config.hostname, config.organization, workspaces.name]);
}

/** What Azure answers beyond the arguments; addresses are those that `given` has. */
function computedBy(source: StackSource, given: ReadonlyMap<string, Json>, outputsOf: (state: Json) => Json): Computed {
  return (address, type, args) => {
    if (type === "data.terraform_remote_state") return { outputs: outputsOf(args) };
    const id = sharedId(source, type, args) ?? `/lab/${source.name}/${address}`;
    return { id, ...attributes(type, id, args), ...given.get(address) };
  };
}

/** The id of a network, or a subnet of one, that was there before: the same in every stack, as a template. */
function sharedId({ json }: StackSource, type: string, args: Json): string | undefined {
  const subscription = text(object(list(object(json.provider).azurerm)[0]).subscription_id);
  const network = (name: unknown): string =>
    `${EXISTING}${subscription}/${text(args.resource_group_name)}/${text(name)}`;
  if (type === "data.azurerm_virtual_network") return network(args.name);
  if (type === "data.azurerm_subnet") return `${network(args.virtual_network_name)}/${text(args.name)}`;
  return undefined;
}
