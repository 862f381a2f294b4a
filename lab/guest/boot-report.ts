import { list, object, text } from "../read/json";
import { Ran } from "../shell";

/** What a boot is judged by. */
export interface Booted {
  /** Runs a program in the machine. */
  readonly inside: (words: readonly string[]) => Promise<Ran>;
  /** What the console says since this boot began. */
  readonly console: string;
  /** The names of the unit files that the machine did not come with. */
  readonly units: readonly string[];
  /** Whether it is the first boot, whose data is judged too. */
  readonly first: boolean;
}

/** Everything that a boot complains about, although the machine may forward. */
export async function bootComplaints(booted: Booted): Promise<string[]> {
  const cycles = orderingCycles(booted.console);
  // such a boot may never end, and nothing that is asked for later tells more.
  if (cycles.length > 0) return cycles;
  const questions = [
    unfinished,
    failedUnits,
    restarted,
    warnings,
    overtaken,
    cloudInit,
    ...(booted.first ? [schema, verified, output] : []),
  ];
  return (await Promise.all(questions.map((question) => question(booted)))).flat();
}

/** The ordering cycles that the console tells of; the journal does not have them. */
export function orderingCycles(console: string): string[] {
  return [...console.matchAll(/^.*?(\S+): Job (\S+) deleted to break ordering cycle.*$/gm)].map(
    ([, unit, job]) => `ordering cycle: systemd deleted ${job} to start ${unit}`,
  );
}

async function unfinished({ inside }: Booted): Promise<string[]> {
  const { stdout } = await inside(["systemctl", "list-jobs", "--no-legend", "--full"]);
  return lines(stdout).map((job) => `the boot does not finish: ${job.split(/\s+/)[1]} waits`);
}

async function failedUnits({ inside }: Booted): Promise<string[]> {
  const { stdout } = await inside(["systemctl", "list-units", "--failed", "--plain", "--no-legend", "--full"]);
  return lines(stdout).map((line) => `${line.split(/\s+/)[0]} failed`);
}

/** The units that systemd has started again, with their programs' last words: such a unit is hardly ever seen as failed. */
export async function restarted({ inside, units }: Pick<Booted, "inside" | "units">): Promise<string[]> {
  const found = units.map(async (unit) => {
    const { stdout } = await inside(["systemctl", "show", "--property=NRestarts", "--value", unit]);
    const times = Number(stdout.trim());
    if (!(times > 0)) return [];
    const own = ["journalctl", "--boot", "--quiet", "--output=cat", "--lines=1", `_SYSTEMD_UNIT=${unit}`];
    const said = (await inside(own)).stdout.trim();
    return [`${unit} ends and is started again, ${times} times by now${said === "" ? "" : `: ${said}`}`];
  });
  return (await Promise.all(found)).flat();
}

/** What systemd warns of in units that the machine did not come with. */
async function warnings({ inside, units }: Booted): Promise<string[]> {
  const journal = ["journalctl", "--boot", "--quiet", "--output=cat", "--priority=warning", "_PID=1"];
  const { stdout } = await inside(journal);
  return [...new Set(lines(stdout))].filter((line) => units.some((unit) => line.includes(unit)));
}

/** What a machine comes with that flushes packet rules or sets the kernel's settings as it boots, by what its units call. */
const OVERWRITING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(nft|iptables(-\w+)?)\b/, ["nftables.service", "ufw.service"]],
  [/\bsysctl\b/, ["systemd-sysctl.service"]],
];

/** Which units what comes with the machine may overtake, and undo: most boots go well, and some do not. */
async function overtaken({ inside, units }: Booted): Promise<string[]> {
  const found = units.map(async (unit) => {
    const { stdout: calls } = await inside(["systemctl", "show", "--property=ExecStart", "--value", unit]);
    const overwriting = OVERWRITING.flatMap(([call, others]) => (call.test(calls) ? others : []));
    if (overwriting.length === 0) return [];
    const listed = await inside(["systemctl", "list-dependencies", "--after", "--all", "--plain", "--full", unit]);
    const earlier = lines(listed.stdout).map((line) => line.replace(/^\S\s+/, ""));
    return overwriting
      .filter((other) => !earlier.includes(other))
      .map((other) => `${unit} does not wait for ${other}, which undoes what it does when it starts later`);
  });
  return (await Promise.all(found)).flat();
}

async function cloudInit({ inside }: Booted): Promise<string[]> {
  const { stdout, stderr } = await inside(["cloud-init", "status", "--long", "--format=json"]);
  if (!stdout.startsWith("{")) return [`cloud-init does not tell its status: ${stderr.trim()}`];
  const said = object(JSON.parse(stdout));
  const status = text(said.status);
  const recovered = Object.values(object(said.recoverable_errors)).flatMap(list);
  const errors = [...new Set([...list(said.errors), ...recovered].map((one) => text(one)))];
  return [
    ...(status === "done" ? [] : [`cloud-init's status is ${status}`]),
    ...errors.map((one) => `cloud-init: ${one}`),
  ];
}

async function schema({ inside }: Booted): Promise<string[]> {
  const { code, stdout, stderr } = await inside(["cloud-init", "schema", "--system"]);
  return code === 0 ? [] : [`cloud-init schema: ${lines(`${stdout}\n${stderr}`).join(" ")}`];
}

async function verified({ inside, units }: Booted): Promise<string[]> {
  if (units.length === 0) return [];
  const { code, stderr } = await inside(["systemd-analyze", "verify", "--man=no", ...units]);
  const said = lines(stderr).filter((line) => units.some((unit) => line.includes(unit)));
  return code === 0 && said.length === 0 ? [] : said.map((line) => `systemd-analyze verify: ${line}`);
}

/** What the commands of the data say; cloud-init looks at the last one's exit code only. */
async function output({ inside }: Booted): Promise<string[]> {
  const { stdout } = await inside(["cat", "/var/log/cloud-init-output.log"]);
  const own = lines(stdout).filter((line) => !/^(ci-info: |Cloud-init v\. )/.test(line));
  return own.filter((line) => COMPLAINT.test(line)).map((line) => `a command of its data says ${JSON.stringify(line)}`);
}

const COMPLAINT = /^E: |\b(fail(s|ed|ure)?|errors?|unable|cannot|can't|not found|no such|denied|refused)\b/i;

function lines(said: string): string[] {
  return said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
