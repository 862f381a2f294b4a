import { GuestMachine } from "../guest/guest-machine";
import { Break } from "../read/chain";

/**
 * Does to a machine's units what administrators and accidents do, and says what does not come back: all packet rules
 * are flushed, each unit is stopped and started, restarted and reloaded, its processes are killed, the rules flushed
 * once more. What has to come back by itself after that shows in the proofs that follow.
 */
export async function upset(machine: GuestMachine): Promise<Break | undefined> {
  const units = machine.units().filter((unit) => unit.endsWith(".service"));
  const running = await active(machine, units);
  for (const unit of running) {
    for (const verb of ["stop", "start", "restart", "reload-or-restart"]) {
      if (verb === "stop") await machine.inside(["nft", "flush", "ruleset"]);
      const { code, stderr } = await machine.inside(["systemctl", verb, unit]);
      const failed = await machine.inside(["systemctl", "is-failed", "--quiet", unit]);
      if (code !== 0 || failed.code === 0) return broken(machine, `systemctl ${verb} ${unit} fails: ${stderr.trim()}`);
    }
    const left = await active(machine, units);
    const down = running.find((one) => !left.includes(one));
    if (down !== undefined) return broken(machine, `${down} stays down when ${unit} is stopped and started`);
  }
  await machine.inside(["systemctl", "kill", "--signal=KILL", ...running]);
  await machine.inside(["nft", "flush", "ruleset"]);
  return undefined;
}

async function active(machine: GuestMachine, units: readonly string[]): Promise<string[]> {
  const { stdout } = await machine.inside(["systemctl", "is-active", ...units]);
  const states = stdout.trim().split("\n");
  return units.filter((_, index) => states[index] === "active");
}

function broken({ forwarder }: GuestMachine, what: string): Break {
  return { hop: "forwarder", why: `${forwarder.name}: ${what}` };
}
