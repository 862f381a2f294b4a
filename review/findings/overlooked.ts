import { object } from "../read/json";
import { texts } from "../read/declared";
import { Remark } from "./finding";
import { called, Situation } from "./situation";
import { few } from "./words";

/** What Terraform saw and put right before, and overlooks from now on. */
export function overlooked(situation: Situation): Remark[] {
  return [...situation.plan.changes.values()].flatMap((change) => {
    if (!change.before || !change.after) return [];
    const [old, now] = [change.before, change.after].map(({ body }) => texts(object(body.lifecycle).ignore_changes));
    const more = (now ?? []).filter((name) => !old?.includes(name) && !/^(tags\b|location$)/.test(name));
    if (more.length === 0) return [];
    return [
      {
        addresses: [change.address],
        why: `Terraform overlooks from now on what becomes of ${few(more)} of ${called(situation, change)}: what somebody changes there by hand stays, and no plan shows it; nor does what the file says of it reach Azure.`,
        instead: "Leave `ignore_changes` out, or name only what Azure itself changes.",
      },
    ];
  });
}
