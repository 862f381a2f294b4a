import { GuestMachine } from "../guest/guest-machine";
import { Break } from "../read/chain";

/**
 * Does to a machine's units what administrators and accidents do, and says what does not come back: all packet rules
 * are flushed, each unit is stopped and started, restarted and reloaded, its processes are killed, the rules flushed
 * once more. What has to come back by itself after that shows in the proofs that follow.
 */
export async function upset(machine: GuestMachine): Promise<Break | undefined> {
  const running = await machine.running();
  for (const unit of running) {
    const found =
      // where the rules are gone, and where they are there.
      (await failing(machine, unit, "stop", "start", "stop")) ??
      (await remaining(machine, unit)) ??
      (await failing(machine, unit, "start", "restart")) ??
      (await reloading(machine, unit));
    if (found !== undefined) return broken(machine, found);
    const left = await machine.running();
    const down = running.find((one) => !left.includes(one));
    if (down !== undefined) return broken(machine, `${down} stays down when ${unit} is stopped and started`);
  }
  await machine.inside(["systemctl", "kill", "--signal=KILL", ...running]);
  await machine.inside(["nft", "flush", "ruleset"]);
  return undefined;
}

async function failing(machine: GuestMachine, unit: string, ...verbs: readonly string[]): Promise<string | undefined> {
  for (const [index, verb] of verbs.entries()) {
    // in one breath: an agent may bring the rules back.
    const flush = index === 0 && verb === "stop" ? "nft flush ruleset; " : "";
    const { code, stderr } = await machine.inside(["sh", "-c", `${flush}systemctl "$@"`, "sh", verb, unit]);
    const failed = await machine.inside(["systemctl", "is-failed", "--quiet", unit]);
    if (code !== 0 || failed.code === 0) return `systemctl ${verb} ${unit} fails: ${stderr.trim()}`;
  }
  return undefined;
}

/** What of the packet rules remains although nothing runs any more that could have made them. */
async function remaining(machine: GuestMachine, unit: string): Promise<string | undefined> {
  if ((await machine.running()).length > 0) return undefined;
  const [table] = /^table .*(?= \{)/m.exec(await rules(machine)) ?? [];
  return table === undefined ? undefined : `systemctl stop ${unit} leaves ${table} behind`;
}

/** What a reload does to packet rules that are there already. */
async function reloading(machine: GuestMachine, unit: string): Promise<string | undefined> {
  const before = await rules(machine);
  const failed = await failing(machine, unit, "reload-or-restart");
  // rules that were flushed before may come back meanwhile.
  if (failed !== undefined || before === "" || (await rules(machine)) === before) return failed;
  return `systemctl reload-or-restart ${unit} makes other packet rules of those that are there`;
}

async function rules(machine: GuestMachine): Promise<string> {
  return (await machine.inside(["nft", "--stateless", "list", "ruleset"])).stdout;
}

function broken({ forwarder }: GuestMachine, what: string): Break {
  return { hop: "forwarder", why: `${forwarder.name}: ${what}` };
}
