import { blocks } from "../plan/differences";
import { StackPlan } from "../plan/stack-plan";
import { ValueObject } from "../plan/value";
import { Reviewed } from "../report/review";
import { consumerPlaces } from "./consumers";
import { Drawing, Place, Thing, Way } from "./drawing";
import { opensInWords } from "./opens";
import { accountOf, ofType, thing, words } from "./parts";

/** The picture of a deployment after a change, with what the change takes away. */
export function drawingOf(review: Reviewed): Drawing {
  const stacks = [...review.plan.stacks.values()];
  const cut = new Set(review.findings.filter(({ kind }) => kind === "cut").flatMap(({ consumers }) => consumers));
  const providers = stacks.filter((stack) => ofType(stack, "azurerm_private_link_service").length > 0);
  const consumers = stacks.filter((stack) => ofType(stack, "azurerm_private_endpoint").length > 0);
  const sides = providers.map(providerPlace);
  const service = sides.flatMap(({ service: id }) => id)[0];
  const { places, ways } = consumerPlaces(review, consumers, cut, service);
  return {
    places: [...places, ...sides.map(({ place }) => place)],
    ways: [...ways, ...sides.flatMap((side) => side.ways)],
  };
}

function providerPlace(stack: StackPlan): { place: Place; ways: Way[]; service: string[] } {
  const services = ofType(stack, "azurerm_private_link_service").map((one) =>
    thing(stack, one, "Private Link Service", (values) => [
      counted(blocks(values.nat_ip_configuration).length, "NAT address"),
      ...(values.destination_ip_address === undefined ? [] : ["Direct Connect"]),
    ]),
  );
  const balancers = ofType(stack, "azurerm_lb").map((one) =>
    thing(stack, one, "load balancer", (values) =>
      blocks(values.frontend_ip_configuration).flatMap((frontend) => {
        const { private_ip_address: address, public_ip_address_id: open } = frontend as ValueObject;
        return [words(address), ...zones(frontend as ValueObject), ...(open ? ["PUBLIC ADDRESS"] : [])];
      }),
    ),
  );
  const machines = ofType(
    stack,
    ...["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"],
    ...["azurerm_linux_virtual_machine_scale_set", "azurerm_windows_virtual_machine_scale_set"],
  ).map((one) =>
    thing(stack, one, one.type.includes("scale_set") ? "scale set of forwarders" : "forwarder", (values) => [
      words(values.size ?? values.sku),
      ...(values.instances === undefined ? [] : [`${words(values.instances)} at first`]),
      ...zones(values),
    ]),
  );
  const apims = ofType(stack, "azurerm_api_management").map((one) =>
    thing(stack, one, "APIM", (values) => [words(values.sku_name), ...zones(values)]),
  );
  const publics = ofType(stack, "azurerm_public_ip").map((one) => thing(stack, one, "PUBLIC ADDRESS", () => []));
  const target: Thing[] = apims.length > 0 ? apims : [existingTarget(stack)];
  const chain = [services, balancers, machines, target].filter((things) => things.length > 0);
  const ways = chain
    .slice(1)
    .flatMap((things, index) =>
      (chain[index] ?? []).flatMap((from) => things.map((to): Way => ({ from: from.id, to: to.id, cut: false }))),
    );
  const place: Place = {
    id: stack.name,
    lines: [stack.name, accountOf(stack)],
    status: "same",
    things: [...publics],
    places: networks(stack, [...services, ...balancers, ...machines, ...target]),
  };
  return { place, ways, service: services.map(({ id }) => id) };
}

/** APIM, or another service, that is there already. */
function existingTarget(stack: StackPlan): Thing {
  const known = [...stack.after.data.values()].find(({ type }) => type === "azurerm_api_management");
  const name = known ? words(stack.after.arguments(known).name) : "the service";
  return { id: `${stack.name}/target`, lines: [name, known ? "APIM that exists" : "that exists"], status: "same" };
}

/** The networks with their subnets, and all that stands in them. */
function networks(stack: StackPlan, things: readonly Thing[]): Place[] {
  const subnets = ofType(stack, "azurerm_subnet").map((one): Thing =>
    thing(stack, one, "subnet", (values) => [
      blocks(values.address_prefixes).map(words).join(", "),
      ...opensInWords(stack, one.address),
    ]),
  );
  const made = ofType(stack, "azurerm_virtual_network");
  const rest: Place = {
    id: `${stack.name}/network`,
    lines: ["network that exists"],
    status: "same",
    things: [...things, ...subnets],
    places: [],
  };
  const [network] = made;
  if (network === undefined) return [rest];
  const { lines, status } = thing(stack, network, "network", (values) => [
    blocks(values.address_space).map(words).join(", "),
  ]);
  return [{ ...rest, lines, status }];
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "es"}`;

function zones(values: ValueObject): string[] {
  const all = [...blocks(values.zones), ...blocks(values.zone)].map(words);
  return all.length > 0 ? [`zones ${all.join(", ")}`] : [];
}
