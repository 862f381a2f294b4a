import { Announcement, ChangeFigures, Outcome } from "./report";
import { TrafficCall } from "./traffic-client";

/**
 * Counts what became of calls since a moment.
 *
 * @param gone the addresses of machines that were deleted or switched off since
 */
export function figuresOf(calls: readonly TrafficCall[], since: number, gone: ReadonlySet<string>): ChangeFigures {
  const counted = calls.filter(({ at }) => at >= since);
  const fresh = counted.filter(({ kept }) => kept === undefined);
  const answered = [since, ...fresh.filter(({ ok }) => ok).map(({ ended }) => ended)].sort((a, b) => a - b);
  const gaps = answered.map((time, index) => time - (answered[index - 1] ?? time));
  const failures = failuresOfKept(calls, gone).filter(({ call }) => call.at >= since);
  return {
    requests: fresh.length,
    failed: fresh.filter(({ ok }) => !ok).length,
    longestGap: Math.round(Math.max(0, ...gaps) / 100) / 10,
    kept: counted.length - fresh.length,
    torn: failures.filter(({ ended }) => !ended).length,
    ended: failures.filter(({ ended }) => ended).length,
  };
}

/** The failed calls of kept connections, and whether the machine that answered the one before is gone. */
function failuresOfKept(
  calls: readonly TrafficCall[],
  gone: ReadonlySet<string>,
): { readonly call: TrafficCall; readonly ended: boolean }[] {
  const from = new Map<number, string | undefined>();
  return calls.flatMap((call) => {
    if (call.kept === undefined) return [];
    const last = from.get(call.kept);
    // after a failure the connection is a new one.
    from.set(call.kept, call.ok ? call.from : undefined);
    return call.ok ? [] : [{ call, ended: last !== undefined && gone.has(last) }];
  });
}

/** The seconds without an answer that are too many where machines stop, but not all of them at once. */
const TOO_LONG = 5;

/**
 * The figures against what the review announces: where it announces nothing, no request may fail but over connections
 * whose machine is gone; where it announces no more than that machines stop, others have to answer meanwhile.
 */
export function judged(figures: ChangeFigures, announced: readonly Announcement[]): Outcome {
  const { requests, failed, longestGap, kept, torn, ended } = figures;
  const told =
    `${requests} new connections, ${failed} failed, the longest gap ${longestGap} s; ` +
    `${kept} requests over kept connections, ${torn} failed, ${ended} more ended with their machine`;
  if (announced.length > 0) {
    const said = `${told}; announced: ${announced.map(({ why }) => why).join(" ")}`;
    if (announced.some(({ cut }) => cut) || longestGap <= TOO_LONG) return said;
    return { hop: "forwarder", why: `${said} That all of them stop at once is not announced.` };
  }
  if (failed + torn === 0) return told;
  return { hop: "forwarder", why: `${told}, although npm run review announces that nobody notices` };
}
