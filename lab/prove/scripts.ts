import { GuestMachine } from "../guest/guest-machine";
import { Lab } from "../lab";
import { Outcome } from "./report";

/** What became of an extension's script in a machine. */
export interface ScriptRun {
  readonly ok: boolean;
  readonly told: string;
}

/** Runs the scripts of a machine's extensions as Azure's agent does. */
export async function runScripts(machine: GuestMachine): Promise<ScriptRun[]> {
  const runs: ScriptRun[] = [];
  for (const script of machine.forwarder.scripts) {
    const started = Date.now();
    const { code, stderr } = await machine.inside(["sh", "-s"], script, 300_000);
    const seconds = Math.round((Date.now() - started) / 1000);
    const last = stderr.trimEnd().split("\n").at(-1) ?? "";
    const told = `the extension's script ended with ${code} in ${machine.forwarder.name}, ${seconds} s`;
    runs.push({ ok: code === 0, told: code === 0 ? told : `${told}: ${last}` });
  }
  return runs;
}

/** Whether the scripts end well in machines that have just been made, where Azure runs them too. */
export async function scriptsEnd(lab: Lab): Promise<Outcome> {
  const runs = (await Promise.all(lab.machines.filter(({ on }) => on).map(runScripts))).flat();
  const failed = runs.find(({ ok }) => !ok);
  if (failed) return { hop: "forwarder", why: failed.told };
  return runs.length === 0 ? "no extension has one" : runs.map(({ told }) => told).join("; ");
}
