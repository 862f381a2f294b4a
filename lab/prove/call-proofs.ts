import { PUBLIC, resolve } from "../build/dns";
import { Place } from "../build/place";
import { Lab } from "../lab";
import { callFrom, mainPort, portsOf } from "./calls";
import { diagnose, nameBreak } from "./diagnose";
import { Outcome, Report } from "./report";

/** Whether each client gets an answer from each host name on each port. */
export async function calls(lab: Lab, report: Report): Promise<Outcome> {
  let count = 0;
  for (const place of lab.places) {
    for (const hostName of place.consumer.hostNames) {
      const named = await nameBreak(place, hostName);
      if (named) return named;
      for (const port of portsOf(lab, place)) {
        const called = await callFrom(lab, place, hostName, port);
        if (!called.ok) return diagnose(lab, place, hostName, port);
        await describe(lab, report, place, hostName, port, called.from ?? "");
        count += 1;
      }
    }
  }
  return `${count} calls, each answered with 200`;
}

async function describe(
  lab: Lab,
  report: Report,
  place: Place,
  host: string,
  port: number,
  from: string,
): Promise<void> {
  const { addresses } = await resolve(place.client, host);
  const way = place.endpoints.find(({ endpoint }) => endpoint.address === addresses[0])?.way;
  const nat = way?.service?.nat.map(({ address }) => address).join("|");
  const rule = way?.rules.find((one) => (one.rule.frontendPort || 443) === port)?.rule;
  const frontend = lab.design.frontends.find(({ id }) => id === rule?.frontendId)?.address;
  const machine = lab.machines.find(({ forwarder }) => forwarder.nic.address === from)?.forwarder.name;
  const client = `${place.consumer.name} ${place.consumer.client.address}`;
  const inner = `private link ${nat} > load balancer ${frontend}:${port} > ${machine} ${from} > APIM ${lab.design.apim.nic.address}`;
  report.hop(`${client} > ${host} > endpoint ${addresses[0]} > ${inner} > 200`);
}

/** Whether it is the private zones that make the names known. */
export async function withoutZones(lab: Lab): Promise<Outcome> {
  await Promise.all(lab.places.map(({ resolver }) => resolver.start(false)));
  const reached = await Promise.all(
    lab.places.map(async (place) => {
      const host = place.consumer.hostNames[0] ?? "";
      return (await callFrom(lab, place, host)).ok
        ? `${place.consumer.name} reaches ${host} without its zones`
        : undefined;
    }),
  );
  await Promise.all(lab.places.map(({ resolver }) => resolver.start()));
  const wrong = reached.find((one) => one !== undefined);
  return wrong === undefined ? "no name resolves" : { hop: "dns", why: wrong };
}

/** Whether names that are not APIM's lead where they lead without the deployment. */
export async function others(lab: Lab): Promise<Outcome> {
  const { hostNames } = lab.design.apim;
  const foreign = [`not-${hostNames[0]}`, "other.azure-api.net", "login.microsoftonline.com"];
  const names = foreign.filter((name) => !hostNames.includes(name));
  for (const place of lab.places) {
    const { zones } = place.consumer;
    // what a zone captures that was there before is not this deployment's doing.
    const free = names.filter((name) => !zones.some((zone) => zone.existing && name.endsWith(`.${zone.name}`)));
    for (const name of free) {
      const { addresses } = await resolve(place.client, name);
      if (addresses[0] === PUBLIC) continue;
      const why = `${name} leads to ${addresses[0] ?? "nothing"} in ${place.consumer.name} instead of its public address`;
      return { hop: "dns", why };
    }
  }
  return names.join(", ");
}

/** Whether all consumers are served at the same time. */
export async function together(lab: Lab): Promise<Outcome> {
  const done = await Promise.all(
    lab.places.flatMap((place) =>
      Array.from({ length: 8 }, async () => {
        const host = place.consumer.hostNames[0] ?? "";
        return { place, host, called: await callFrom(lab, place, host, mainPort(lab, place), 6) };
      }),
    ),
  );
  const failed = done.find(({ called }) => !called.ok);
  if (failed) return diagnose(lab, failed.place, failed.host);
  return `${done.length} calls of ${lab.places.map(({ consumer }) => consumer.name).join(" and ")}`;
}
