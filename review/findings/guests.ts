import { Change } from "../plan/stack-plan";
import { plainText, Value } from "../plan/value";
import { Remark } from "./finding";
import { afterOf, beforeOf, called, Situation, valuesAt } from "./situation";

const RUNNERS = /^azurerm_(virtual_machine_run_command|virtual_machine(_scale_set)?_extension)$/;
// what such a resource runs, as far as it is no secret.
const SCRIPTS = ["source.script", "source.script_uri", "settings"];

/** Programs that come to run, with all rights, in machines that were there before. */
export function guestPrograms(situation: Situation): Remark[] {
  const machines = (change: Change): Change[] =>
    situation.needs.direct(change.address).flatMap((address) => {
      const one = situation.plan.changes.get(address);
      return one && /_virtual_machine(_scale_set)?$/.test(one.type) ? [one] : [];
    });
  const comes = (change: Change): boolean =>
    change.before === undefined && !machines(change).some(({ before }) => before === undefined);
  return [...situation.plan.changes.values()]
    .filter((change) => RUNNERS.test(change.type) && change.after)
    .filter((change) => (situation.change !== "added" && comes(change)) || anotherCommand(situation, change))
    .map((change) => ({
      addresses: [change.address],
      why: `${called(situation, change)} runs a program in a machine, with all rights there.`,
      instead: "Read the program as you would read any other that gets these rights.",
    }));
}

/** Whether settings that everybody may read have a command that they did not have. */
function anotherCommand(situation: Situation, change: Change): boolean {
  if (change.before === undefined) return false;
  const commands = (values: ReturnType<typeof beforeOf>): string[] =>
    SCRIPTS.flatMap((path) => valuesAt(values, path))
      .map((value: Value) => plainText(value))
      .filter((text) => /commandToExecute|fileUris|"script"|^https?:/.test(text));
  const old = commands(beforeOf(situation, change));
  return commands(afterOf(situation, change)).some((one) => !old.includes(one));
}
