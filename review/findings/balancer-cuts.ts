import { Difference } from "../plan/differences";
import { Change } from "../plan/stack-plan";
import { fingerprint } from "../plan/value";
import { causesInWords, causesOf } from "./causes";
import { Cut } from "./finding";
import { called, isGone, Situation } from "./situation";
import { code, inWords } from "./words";

const BALANCER = ["azurerm_lb", "azurerm_lb_backend_address_pool"];

/** What ends connections at the load balancer. */
export function balancerCuts(situation: Situation): Cut[] {
  return [...balancerGone(situation), ...rulesGone(situation), ...rulesTurned(situation), ...probesTurned(situation)];
}

function balancerGone(situation: Situation): Cut[] {
  const gone = situation.of(...BALANCER).filter(isGone);
  const [first] = gone;
  if (first === undefined) return [];
  return [
    {
      addresses: gone.map(({ address }) => address),
      why: `The load balancer or its pool is made anew (${causesInWords(causesOf(situation, first))}); until its rules and machines are back, nothing is carried.`,
      instead: "Keep the names and zones of the load balancer and its pool.",
    },
  ];
}

function rulesGone(situation: Situation): Cut[] {
  if (situation.of("azurerm_lb").some(isGone)) return [];
  return situation
    .of("azurerm_lb_rule")
    .filter((rule) => isGone(rule) || rule.differences.some(({ path }) => /port$|^protocol$/.test(path)))
    .map((rule) => {
      const what =
        rule.action === "destroy" ? "is deleted" : rule.action === "replace" ? "is made anew" : "changes its port";
      return {
        addresses: [rule.address],
        why: `${ruleInWords(situation, rule)} ${what} (${rule.action === "update" ? "in place" : causesInWords(causesOf(situation, rule))}); connections to that port end${rule.action === "destroy" ? "" : " for as long as that takes"}.`,
        instead:
          rule.action === "destroy"
            ? "Ask the consumers first whether anybody uses the port."
            : "Keep the rule's name.",
      };
    });
}

/** What a rule does otherwise once its argument has changed in place. */
const TURNS: readonly (readonly [path: RegExp, what: (difference: Difference) => string | undefined])[] = [
  [
    /^(floating_ip_enabled|enable_floating_ip)$/,
    ({ after }) =>
      isTrue(after)
        ? "sends to the load balancer's own address from now on (floating IP), which no forwarder has: nothing is carried"
        : undefined,
  ],
  [
    /^frontend_ip_configuration_name$/,
    () => "takes connections at another frontend, which the service does not lead to unless it is made anew",
  ],
  [
    /^backend_address_pool_ids/,
    () => "sends to another pool, where nothing is carried until the probe has found a machine that answers",
  ],
  [
    /^probe_id$/,
    ({ after }) =>
      after === null || after === undefined
        ? "has no probe any more: connections go to forwarders that are away, or that do not reach APIM, as well, and are lost there"
        : "goes by another probe, and nothing is carried until that has found a machine that answers",
  ],
];

function rulesTurned(situation: Situation): Cut[] {
  // what is made anew says it already.
  if (situation.of(...BALANCER).some(isGone)) return [];
  return situation
    .of("azurerm_lb_rule")
    .filter(({ action }) => action === "update")
    .flatMap((rule) =>
      rule.differences.flatMap((difference) => {
        const turn = TURNS.find(([path]) => path.test(difference.path))?.[1](difference);
        if (turn === undefined) return [];
        return [
          {
            addresses: [rule.address],
            why: `${ruleInWords(situation, rule)} ${turn}.`,
            instead: "Keep the argument, or take a rule and a port beside it, and move the consumers.",
          },
        ];
      }),
    );
}

/** Probes that ask something else than before, which the machines may not answer. */
function probesTurned(situation: Situation): Cut[] {
  return situation
    .of("azurerm_lb_probe")
    .filter(({ action }) => action === "update")
    .flatMap((probe) => {
      const asked = probe.differences.filter(({ path }) => /^(port|protocol|request_path)$/.test(path));
      if (asked.length === 0) return [];
      const said = asked.map(({ path, before, after }) => `${code(path)}: ${inWords(before)} → ${inWords(after)}`);
      return [
        {
          addresses: [probe.address],
          why: `The health probe ${called(situation, probe)} asks for something else (${said.join(", ")}). Until the forwarders answer that, the pool is empty.`,
          instead: "See first that every forwarder answers it.",
        },
      ];
    });
}

function ruleInWords({ plan }: Situation, rule: Change): string {
  return `The load balancer's rule for port ${inWords(plan.before.arguments(rule.before as never).frontend_port)}`;
}

const isTrue = (value: Difference["after"]): boolean => fingerprint(value) === '"true"';
