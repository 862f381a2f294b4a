import { Change } from "../plan/stack-plan";
import { blocks } from "../plan/differences";
import { plainText, Value, ValueObject } from "../plan/value";
import { causesInWords, causesOf } from "./causes";
import { Cut, Remark } from "./finding";
import { afterOf, beforeOf, consumerName, isGone, Situation } from "./situation";
import { code, few } from "./words";

const ZONE = "azurerm_private_dns_zone";
const RECORD = "azurerm_private_dns_a_record";
const LINK = "azurerm_private_dns_zone_virtual_network_link";

/** Host names that lead nowhere in a consumer's network: for good, or until what tells them is there again. */
export function namesGone(situation: Situation): Cut[] {
  const links = situation.of(LINK);
  const linked = new Set(links.filter(({ after }) => after).map((one) => zoneOf(afterOf(situation, one))));
  const closed = new Set(links.filter(isGone).map((one) => zoneOf(beforeOf(situation, one))));
  const told = situation
    .of(RECORD)
    .filter(({ after }) => after)
    .map((one) => afterOf(situation, one))
    .filter((values) => linked.has(zoneOf(values)) || !closed.has(zoneOf(values)));
  const still = new Set(told.map(hostOf));
  const gone = situation.of(ZONE, RECORD, LINK).filter(isGone);
  const lost = gone.filter((one) => {
    const hosts = hostsOf(situation, one);
    return one.action === "destroy" && (hosts.length === 0 || !hosts.every((host) => still.has(host)));
  });
  const back = gone.filter((one) => !lost.includes(one));
  return [...forGood(situation, lost), ...forAWhile(situation, back)];
}

/** Host names that stay and lead somewhere else than to the endpoint, or are asked of servers that may not know them. */
export function namesMisled(situation: Situation): Cut[] {
  const led = situation.of(RECORD).filter((record) => leaves(situation, record) && record.before);
  if (led.length === 0) return otherServers(situation);
  const misled = {
    addresses: led.map(({ address }) => address),
    why: `In the network of ${code(consumerName(situation.name))} ${few(led.map((one) => hostOf(afterOf(situation, one))))} ${led.length === 1 ? "leads" : "lead"} to ${few([...new Set(led.flatMap((one) => blocks(afterOf(situation, one).records).map(plainText)))])} and no more to the endpoint.`,
    instead: "Keep the record on the endpoint's address.",
  };
  return [misled, ...otherServers(situation)];
}

/** Networks that ask other servers for names than before; the private zones are known to Azure's own. */
function otherServers(situation: Situation): Cut[] {
  if (situation.of(ZONE, RECORD, LINK).every(({ after }) => after === undefined)) return [];
  const asked = situation
    .of("azurerm_virtual_network", "azurerm_virtual_network_dns_servers")
    .filter((one) => one.differences.some(({ path }) => path.startsWith("dns_servers")) || one.action === "create")
    .filter((one) => blocks(afterOf(situation, one).dns_servers).length > 0);
  return asked.map((one) => ({
    addresses: [one.address],
    why: `The network of ${code(consumerName(situation.name))} asks ${few(blocks(afterOf(situation, one).dns_servers).map(plainText))} for names from now on: where those do not pass the question on to Azure's own (\`168.63.129.16\` of this network), the private zones count no more and the host names lead nowhere.`,
    instead: "See first that those servers answer for the host names, or leave the network with Azure's.",
  }));
}

/** Records that lead to an address that somebody wrote down, and not, or no more, to what the stack makes. */
export function namesThatLeave(situation: Situation): Remark[] {
  return situation.of(RECORD).flatMap((record) => {
    if (!leaves(situation, record)) return [];
    const { records } = afterOf(situation, record);
    const followed = record.before;
    return [
      {
        addresses: [record.address],
        why: `${code(hostOf(afterOf(situation, record)))} leads to ${few(blocks(records).map(plainText))}, and ${followed ? "no more" : "not"} to what this deployment makes: whoever has that address gets what is sent to it.`,
        instead: followed ? "Keep the record on the endpoint's address." : "Lead the name to an endpoint's address.",
      },
    ];
  });
}

const written = (value: Value | undefined): boolean => {
  const all = blocks(value);
  return all.length > 0 && all.every((one) => typeof one === "string");
};

function forGood(situation: Situation, lost: readonly Change[]): Cut[] {
  if (lost.length === 0) return [];
  return [
    {
      addresses: lost.map(({ address }) => address),
      why: sentence(situation, lost, "nowhere private any more"),
      instead: "Make sure that nobody uses the names.",
    },
  ];
}

function forAWhile(situation: Situation, back: readonly Change[]): Cut[] {
  if (back.length === 0) return [];
  const elsewhere = back.filter(({ action }) => action === "destroy");
  return [
    {
      addresses: back.map(({ address }) => address),
      why: sentence(
        situation,
        back,
        elsewhere.length > 0
          ? "nowhere until other zones, records or links of this apply tell them; nothing makes Terraform make those first"
          : "nowhere while zones, records or links are made anew",
      ),
      instead:
        elsewhere.length > 0
          ? "Choose a time when nobody is waiting: the gap is over when the apply is."
          : "Keep the names of the zones' network and group.",
    },
  ];
}

function sentence(situation: Situation, gone: readonly Change[], where: string): string {
  const hosts = [...new Set(gone.flatMap((one) => hostsOf(situation, one)))].sort();
  const names = hosts.length > 0 ? few(hosts, 5) : "its host names";
  const [first] = gone;
  return (
    `In the network of ${code(consumerName(situation.name))} ${names} ${hosts.length === 1 ? "leads" : "lead"} ${where} ` +
    `(${first ? causesInWords(causesOf(situation, first)) : ""}).`
  );
}

/** The host names that something told before the change. */
function hostsOf(situation: Situation, change: Change): string[] {
  const values = beforeOf(situation, change);
  if (change.type === RECORD) return [hostOf(values)];
  const zone = change.type === ZONE ? plainText(values.name) : zoneOf(values);
  return situation
    .of(RECORD)
    .filter(({ before }) => before)
    .map((one) => beforeOf(situation, one))
    .filter((record) => zoneOf(record) === zone)
    .map(hostOf);
}

/** Whether a record leads to an address that somebody wrote down, and was not there before or followed the stack. */
function leaves(situation: Situation, record: Change): boolean {
  if (record.after === undefined || !written(afterOf(situation, record).records)) return false;
  return record.before === undefined || !written(beforeOf(situation, record).records);
}

/** The zone of a record, or of a link. */
function zoneOf({ zone_name: its, private_dns_zone_name: linked }: ValueObject): string {
  return plainText(its ?? linked);
}

function hostOf({ name, zone_name: zone }: ValueObject): string {
  return name === "@" ? plainText(zone) : `${plainText(name)}.${plainText(zone)}`;
}
