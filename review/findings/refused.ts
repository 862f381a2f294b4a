import { AZURE, RefusalName } from "../facts/azure";
import { Change } from "../plan/stack-plan";
import { fingerprint, unknownAfter } from "../plan/value";
import { object } from "../read/json";
import { Finding } from "./finding";
import { SCALE_SETS } from "./path";
import { beforeOf, called, isGone, Situation } from "./situation";
import { code } from "./words";

/** What Azure, azurerm or Terraform will not do. */
export function refusals(situation: Situation): Finding[] {
  if (situation.change === "removed" || situation.change === "added") return [];
  return [
    ...serviceInUse(situation),
    ...probesAndPools(situation),
    ...frontends(situation),
    ...groups(situation),
    ...subnets(situation),
    ...addresses(situation),
    ...primaryNat(situation),
    ...protectedOnes(situation),
  ];
}

function refused(situation: Situation, name: RefusalName, found: readonly Change[], detail: string): Finding {
  const { code: error, why, instead } = AZURE.refusals[name];
  return {
    kind: "refused",
    stack: situation.name,
    addresses: found.map(({ address }) => address),
    consumers: name === "serviceInUse" ? situation.consumers : [],
    why: `${capital(detail)}: ${why} (${code(error)}).`,
    instead: `${capital(instead)}.`,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const names = (situation: Situation, found: readonly Change[]): string =>
  found.map((one) => called(situation, one)).join(", ");

/** The resources that need this one and stay, whatever is changed in them. */
function staying(situation: Situation, change: Change, ...types: string[]): Change[] {
  return situation
    .of(...types)
    .filter((one) => one.before && !isGone(one) && situation.needed.direct(one.address).includes(change.address));
}

const first = ({ after }: Change): boolean => object(after?.body.lifecycle).create_before_destroy === true;

function serviceInUse(situation: Situation): Finding[] {
  if (situation.consumers.length === 0) return [];
  return situation
    .of("azurerm_private_link_service")
    .filter(isGone)
    .map((service) => {
      const needed = situation.needed.all(service.address);
      const critical = [
        "azurerm_api_management",
        "azurerm_lb_rule",
        "azurerm_linux_virtual_machine",
        "azurerm_windows_virtual_machine",
        ...SCALE_SETS,
        "azurerm_network_interface_backend_address_pool_association",
      ];
      const earlier = situation.of(...critical).filter((one) => isGone(one) && !needed.has(one.address));
      const harm =
        earlier.length > 0
          ? `; by then ${names(situation, earlier)} may be gone already, and consumers stay cut off`
          : "; nothing that connections need has been deleted by then";
      const finding = refused(situation, "serviceInUse", [service], `${called(situation, service)} is to be deleted`);
      return { ...finding, why: finding.why.replace(/\.$/, `${harm}.`) };
    });
}

function probesAndPools(situation: Situation): Finding[] {
  const scaled = situation.of(...SCALE_SETS).filter((one) => one.before && !isGone(one));
  const watched = scaled.flatMap(({ address }) => situation.needed.direct(address));
  const rules = situation.of("azurerm_lb_rule").filter((rule) => {
    return (
      isGone(rule) &&
      situation.needed.direct(rule.address).some((one) => one.startsWith("azurerm_lb_probe.") && watched.includes(one))
    );
  });
  const kept = situation
    .of("azurerm_lb_rule")
    .filter(({ before, action }) => before && action !== "replace" && action !== "destroy");
  const last = rules.filter((rule) => !kept.some((other) => sharesProbe(situation, rule, other)));
  return [
    ...(["probe", "backend_address_pool"] as const).flatMap((part) =>
      situation
        .of(`azurerm_lb_${part}`)
        .filter((one) => isGone(one) && !first(one) && staying(situation, one, "azurerm_lb_rule").length > 0)
        .map((one) =>
          refused(
            situation,
            part === "probe" ? "probeInUse" : "poolInUse",
            [one],
            `${called(situation, one)} is to be deleted while a rule uses it`,
          ),
        ),
    ),
    ...last.map((rule) =>
      refused(situation, "ruleOfProbeInUse", [rule], `the rule ${called(situation, rule)} is to be deleted`),
    ),
  ];
}

function sharesProbe(situation: Situation, one: Change, other: Change): boolean {
  const probes = (rule: Change): string[] =>
    situation.needed.direct(rule.address).filter((address) => address.startsWith("azurerm_lb_probe."));
  return probes(one).some((probe) => probes(other).includes(probe));
}

function frontends(situation: Situation): Finding[] {
  return situation
    .of("azurerm_lb")
    .filter(
      (lb) =>
        !isGone(lb) &&
        lb.differences.some(
          ({ path, before }) => /^frontend_ip_configuration\[\d+\](\.name)?$/.test(path) && before !== undefined,
        ),
    )
    .filter((lb) => staying(situation, lb, "azurerm_private_link_service", "azurerm_lb_rule").length > 0)
    .map((lb) =>
      refused(situation, "frontendInUse", [lb], `a frontend of ${called(situation, lb)} is renamed or taken away`),
    );
}

function groups(situation: Situation): Finding[] {
  return situation
    .of("azurerm_resource_group")
    .filter(isGone)
    .flatMap((group) => {
      const name = fingerprint(beforeOf(situation, group).name);
      const inside = [...situation.plan.changes.values()].filter(
        (one) =>
          one.before &&
          !isGone(one) &&
          fingerprint(beforeOf(situation, one).resource_group_name) === name &&
          situation.needed.all(one.address).has(group.address),
      );
      return inside.length === 0
        ? []
        : [
            refused(
              situation,
              "groupNotEmpty",
              [group, ...inside],
              `the group ${called(situation, group)} is to be deleted, and ${names(situation, inside.slice(0, 5))}${inside.length > 5 ? " and others" : ""} stay in it`,
            ),
          ];
    });
}

const STANDS_IN = [
  "azurerm_api_management",
  "azurerm_lb",
  "azurerm_network_interface",
  "azurerm_private_endpoint",
  "azurerm_private_link_service",
  ...SCALE_SETS,
];

function subnets(situation: Situation): Finding[] {
  const all = situation.of("azurerm_subnet").filter(({ before }) => before);
  const networks = situation.of("azurerm_virtual_network").filter(isGone);
  return [
    ...all.filter(isGone).flatMap((subnet) => {
      const users = staying(situation, subnet, ...STANDS_IN);
      return users.length === 0
        ? []
        : [
            refused(
              situation,
              "subnetInUse",
              [subnet, ...users],
              `the subnet ${called(situation, subnet)} is to be deleted while ${names(situation, users)} ${users.length === 1 ? "stays" : "stay"}`,
            ),
          ];
    }),
    ...all
      .filter((subnet) => !isGone(subnet) && subnet.differences.some(({ path }) => path === "address_prefixes"))
      .flatMap((subnet) => {
        const users = staying(situation, subnet, ...STANDS_IN);
        return users.length === 0
          ? []
          : [
              refused(
                situation,
                "subnetRangeInUse",
                [subnet],
                `the range of ${called(situation, subnet)} changes while ${names(situation, users)} ${users.length === 1 ? "stands" : "stand"} in it`,
              ),
            ];
      }),
    ...networks.flatMap((network) => {
      const left = all.filter(
        (subnet) => !isGone(subnet) && situation.needed.direct(subnet.address).includes(network.address),
      );
      return left.length === 0
        ? []
        : [
            refused(
              situation,
              "networkTakesSubnets",
              [network, ...left],
              `the network ${called(situation, network)} is made anew, and ${names(situation, left)} ${left.length === 1 ? "is" : "are"} not in the plan`,
            ),
          ];
    }),
  ];
}

function addresses(situation: Situation): Finding[] {
  return situation
    .of("azurerm_public_ip")
    .filter((address) => isGone(address) && !first(address))
    .flatMap((address) => {
      const users = staying(situation, address, "azurerm_api_management", "azurerm_lb", "azurerm_network_interface");
      return users.length === 0
        ? []
        : [
            refused(
              situation,
              "addressInUse",
              [address, ...users],
              `the public address ${called(situation, address)} is to be deleted while ${names(situation, users)} ${users.length === 1 ? "uses" : "use"} it`,
            ),
          ];
    });
}

function primaryNat(situation: Situation): Finding[] {
  return situation
    .of("azurerm_private_link_service")
    .filter(({ differences }) =>
      differences.some(
        ({ path, before, after }) =>
          /^nat_ip_configuration\[\d+\]\.subnet_id$/.test(path) &&
          before !== undefined &&
          (after !== undefined || unknownAfter(after).length > 0),
      ),
    )
    .map((service) =>
      refused(
        situation,
        "primaryNatSubnet",
        [service],
        `the NAT addresses of ${called(situation, service)} are to move to another subnet`,
      ),
    );
}

function protectedOnes(situation: Situation): Finding[] {
  const protectedBy = ({ after }: Change): boolean => object(after?.body.lifecycle).prevent_destroy === true;
  return [...situation.plan.changes.values()]
    .filter((change) => change.action === "replace" && protectedBy(change))
    .map((change) =>
      refused(situation, "protected", [change], `${called(situation, change)} is protected and would be replaced`),
    );
}
