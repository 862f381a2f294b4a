import { Change } from "../plan/stack-plan";
import { texts } from "../read/declared";
import { blocks, object } from "../read/json";
import { Finding } from "./finding";
import { SCALE_SETS } from "./path";
import { first, names, refused, staying } from "./refusal";
import { networkRefusals } from "./refused-network";
import { called, isGone, Situation } from "./situation";

/** What Azure, azurerm or Terraform will not do. */
export function refusals(situation: Situation): Finding[] {
  if (situation.change === "removed" || situation.change === "added") return [];
  return [
    ...serviceInUse(situation),
    ...probesAndPools(situation),
    ...frontends(situation),
    ...networkRefusals(situation),
    ...protectedOnes(situation),
    ...withoutProvider(situation),
    ...turnedRound(situation),
  ];
}

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
  // a scale set has its probe by way of a rule, and that is refused already.
  const users = { probe: ["azurerm_lb_rule"], backend_address_pool: ["azurerm_lb_rule", ...SCALE_SETS] };
  return [
    ...(["probe", "backend_address_pool"] as const).flatMap((part) =>
      situation
        .of(`azurerm_lb_${part}`)
        .map((one) => ({ one, using: staying(situation, one, ...users[part]) }))
        .filter(({ one, using }) => isGone(one) && !first(one) && using.length > 0)
        .map(({ one, using }) =>
          refused(
            situation,
            part === "probe" ? "probeInUse" : "poolInUse",
            [one],
            `${called(situation, one)} is to be deleted while ${names(situation, using)} still ${using.length === 1 ? "uses" : "use"} it`,
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

function protectedOnes(situation: Situation): Finding[] {
  const protectedBy = ({ after }: Change): boolean => object(after?.body.lifecycle).prevent_destroy === true;
  return [...situation.plan.changes.values()]
    .filter((change) => change.action === "replace" && protectedBy(change))
    .map((change) =>
      refused(situation, "protected", [change], `${called(situation, change)} is protected and would be replaced`),
    );
}

/** What is to be deleted while the provider that it was made with is not configured any more. */
function withoutProvider(situation: Situation): Finding[] {
  const [, after] = situation.plan.stacks;
  const configured = Object.entries(object(after?.json.provider)).flatMap(([name, configurations]) =>
    blocks(configurations).map((one) => [name, ...texts(object(one).alias)].join(".")),
  );
  const left = [...situation.plan.changes.values()].filter(({ action, before }) => {
    const provider = action === "destroy" ? before?.body.provider : undefined;
    return typeof provider === "string" && provider.includes(".") && !configured.includes(provider);
  });
  return left.length === 0
    ? []
    : [
        refused(
          situation,
          "providerGone",
          left,
          `${names(situation, left.slice(0, 5))} ${left.length === 1 ? "is" : "are"} to be deleted`,
        ),
      ];
}

/** Resources that are both made anew while the one that waited for the other is waited for. */
function turnedRound(situation: Situation): Finding[] {
  const anew = [...situation.plan.changes.values()].filter(({ action }) => action === "replace");
  const turned = anew.flatMap((one) =>
    anew
      .filter((other) => situation.needed.all(one.address).has(other.address))
      .filter((other) => situation.needs.all(other.address).has(one.address))
      .flatMap((other) => [one, other]),
  );
  const all = [...new Set(turned)];
  if (all.length === 0) return [];
  const detail = `${names(situation, all.slice(0, 5))}${all.length > 5 ? " and others" : ""} are made anew, and wait for one another in the other order than before`;
  return [refused(situation, "turnedRound", all, detail)];
}
