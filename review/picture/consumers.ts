import { consumerName } from "../findings/situation";
import { blocks } from "../plan/differences";
import { StackPlan } from "../plan/stack-plan";
import { Reviewed } from "../report/review";
import { Place, Thing, Way, worst } from "./drawing";
import { accountOf, ofType, STATUS, thing, words } from "./parts";

// team-2 before team-10, the same everywhere.
const byNumber = new Intl.Collator("en", { numeric: true });

// as many as can be looked at one by one, and as many as fit into one picture.
const IN_DETAIL = 2;
const ONE_BY_ONE = 10;

/** The consumers' sides: a few in detail, some as one thing each, the rest of many as one. */
export function consumerPlaces(
  review: Reviewed,
  stacks: readonly StackPlan[],
  cut: ReadonlySet<string>,
  service: string | undefined,
): { readonly places: Place[]; readonly ways: Way[] } {
  const to = service ?? "service";
  const outside: Place[] =
    service === undefined && stacks.length > 0
      ? [
          {
            id: "elsewhere",
            lines: ["somebody else's"],
            status: "same",
            places: [],
            things: [{ id: to, lines: ["Private Link Service"], status: "same" }],
          },
        ]
      : [];
  if (stacks.length <= IN_DETAIL) {
    const sides = stacks.map((stack) => inDetail(review, stack));
    const ways = sides.flatMap(({ endpoints, name }) =>
      endpoints.map(({ id }): Way => ({ from: id, to, cut: cut.has(name) })),
    );
    return { places: [...sides.map(({ place }) => place), ...outside], ways };
  }
  const all = stacks.map((stack) => asOne(review, stack)).sort((one, other) => byNumber.compare(one.name, other.name));
  const loud = all.filter(({ status, name }) => status !== "same" || cut.has(name));
  const shown = all.length <= ONE_BY_ONE ? all : loud.length <= ONE_BY_ONE ? loud : [];
  const rest = all.filter((one) => !shown.includes(one));
  const groups = [...new Set(rest.map(({ status }) => status))].map((status): Thing & { name: string } => {
    const same = rest.filter((one) => one.status === status);
    const broken = same.filter(({ name }) => cut.has(name)).length;
    const lines = [
      `${same.length} ${shown.length > 0 ? "other " : ""}consumers`,
      ...(broken > 0 ? [`${broken} of them cut off`] : []),
    ];
    return { id: `consumers/${status}`, lines, status, name: broken > 0 ? "\u0000cut" : "\u0000" };
  });
  const things = [...shown, ...groups];
  const ways = things.map(({ id, name }): Way => ({ from: id, to, cut: cut.has(name) || name === "\u0000cut" }));
  const place: Place = { id: "consumers", lines: [`${all.length} consumers`], status: "same", things, places: [] };
  return { places: [place, ...outside], ways };
}

function inDetail(review: Reviewed, stack: StackPlan) {
  const name = consumerName(stack.name);
  const endpoints = ofType(stack, "azurerm_private_endpoint").map((one) =>
    thing(stack, one, "private endpoint", () => []),
  );
  const zones = ofType(stack, "azurerm_private_dns_zone");
  const records = ofType(stack, "azurerm_private_dns_a_record");
  const first = zones[0] ?? records[0];
  const names: Thing[] =
    first === undefined
      ? []
      : [
          {
            ...thing(stack, first, "private DNS", () =>
              zones.length > 1 ? [`and ${zones.length - 1} more names`] : [],
            ),
            status: worst([...zones, ...records].map(({ action }) => STATUS[action])),
          },
        ];
  const subnets = ofType(stack, "azurerm_subnet").map((one) =>
    thing(stack, one, "subnet", (values) => [blocks(values.address_prefixes).map(words).join(", ")]),
  );
  const machines = ofType(stack, "azurerm_linux_virtual_machine").map((one) => thing(stack, one, "probe", () => []));
  const network = ofType(stack, "azurerm_virtual_network")[0];
  const within: Place = {
    ...(network
      ? thing(stack, network, "network", (values) => [blocks(values.address_space).map(words).join(", ")])
      : { id: `${stack.name}/network`, lines: ["network that exists"], status: "same" as const }),
    things: [...names, ...endpoints, ...subnets, ...machines],
    places: [],
  };
  const place: Place = {
    id: stack.name,
    lines: [`${stack.name}${gone(review, stack)}`, accountOf(stack)],
    status: "same",
    things: [],
    places: [within],
  };
  return { place, endpoints, name };
}

function asOne(review: Reviewed, stack: StackPlan): Thing & { readonly name: string } {
  const removed = review.plan.change(stack.name) === "removed";
  const status = removed ? "unknown" : worst([...stack.changes.values()].map(({ action }) => STATUS[action]));
  const subnet = ofType(stack, "azurerm_subnet")[0];
  const range = subnet
    ? thing(stack, subnet, "", (values) => [blocks(values.address_prefixes).map(words).join(", ")]).lines.slice(1)
    : [];
  const name = consumerName(stack.name);
  return { id: stack.name, lines: [`${name}${gone(review, stack)}`, ...range], status, name };
}

const gone = (review: Reviewed, { name }: StackPlan): string =>
  review.plan.change(name) === "removed" ? " (left behind)" : "";
