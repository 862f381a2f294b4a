import { list, object, text } from "../read/json";

/** What a machine answers to one question of `ask-boot.py`. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a boot is judged by. */
export interface Booted {
  /** By the name of the question; what is not asked is not in it. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** The names of the unit files that the machine did not come with. */
  readonly units: readonly string[];
}

/** The answers that `ask-boot.py` prints; where it prints none, cloud-init could not be asked, and its last words say why. */
export function answersIn(ran: Answer): ReadonlyMap<string, Answer> {
  if (ran.stdout === "") return new Map([["status", ran]]);
  return new Map(Object.entries(JSON.parse(ran.stdout) as Record<string, Answer>));
}

/** Everything that a boot complains about, although the machine may forward. */
export function bootComplaints(booted: Booted): string[] {
  const { answers, units } = booted;
  const said = (name: string): string => answers.get(name)?.stdout ?? "";
  const services = servicesIn(said("units"));
  return [
    ...lines(said("jobs")).map((job) => `the boot does not finish: ${job.split(/\s+/)[1]} waits`),
    ...lines(said("failed")).map((line) => `${line.split(/\s+/)[0]} failed`),
    ...restarted(services, (unit) => said(`words ${unit}`)),
    ...[...new Set(lines(said("warnings")))].filter((line) => units.some((unit) => line.includes(unit))),
    ...services.flatMap((service) => overtaken(service, said(`after ${service.Id}`))),
    ...services.flatMap(givenUp),
    ...cloudInit(answers.get("status")),
    ...schema(answers.get("schema")),
    ...verified(answers.get("verify"), units),
    ...output(said("output")),
  ];
}

/** The ordering cycles that the console tells of; the journal does not have them. */
export function orderingCycles(console: string): string[] {
  return [...console.matchAll(/^.*?(\S+): Job (\S+) deleted to break ordering cycle.*$/gm)].map(
    ([, unit, job]) => `ordering cycle: systemd deleted ${job} to start ${unit}`,
  );
}

/** What systemd shows of a service, as it is called there. */
type Service = Readonly<Record<string, string>>;

/** What `systemctl show` prints of several units; several lines of one property become one. */
export function servicesIn(shown: string): Service[] {
  const services = shown.split("\n\n").map((block) => {
    const service: Record<string, string> = {};
    for (const [, name = "", value = ""] of block.matchAll(/^(\w+)=(.*)$/gm)) {
      service[name] = name in service ? `${service[name]}; ${value}` : value;
    }
    return service;
  });
  return services.filter(({ Id }) => Id !== undefined);
}

/** The units that systemd has started again, with their programs' last words: such a unit is hardly ever seen as failed. */
export function restarted(services: readonly Service[], lastWords: (unit: string) => string): string[] {
  return services.flatMap(({ Id = "", NRestarts }) => {
    if (!(Number(NRestarts) > 0)) return [];
    const words = lastWords(Id).trim();
    return [`${Id} ends and is started again, ${NRestarts} times by now${words === "" ? "" : `: ${words}`}`];
  });
}

/** What a machine comes with that flushes packet rules or sets the kernel's settings as it boots, by what its units call. */
const OVERWRITING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(nft|iptables(-\w+)?)\b/, ["nftables.service", "ufw.service"]],
  [/\bsysctl\b/, ["systemd-sysctl.service"]],
];

/** What comes with the machine and may be overtaken, and undo what was done: most boots go well, and some do not. */
function overtaken({ Id, ExecStart = "" }: Service, after: string): string[] {
  const earlier = lines(after).map((line) => line.replace(/^\S\s+/, ""));
  return OVERWRITING.flatMap(([call, others]) => (call.test(ExecStart) ? others : []))
    .filter((other) => !earlier.includes(other))
    .map((other) => `${Id} does not wait for ${other}, which undoes what it does when it starts later`);
}

/** Whether systemd leaves a unit alone for good when its program fails several times in a row. */
function givenUp({ Id, Restart, RestartUSec, StartLimitBurst, StartLimitIntervalUSec }: Service): string[] {
  const [pause, within] = [seconds(RestartUSec), seconds(StartLimitIntervalUSec)];
  if (Restart === undefined || Restart === "no" || within === 0) return [];
  if (Number(StartLimitBurst) * pause >= within) return [];
  return [
    `systemd gives ${Id} up for good when it ends ${StartLimitBurst} times within ${within} s, ${pause} s after each start`,
  ];
}

/** A time as systemd prints it, such as `1min 30s`, in seconds. */
function seconds(time = ""): number {
  const units: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3_600, d: 86_400 };
  const parts = [...time.matchAll(/([\d.]+)\s*([a-z]+)/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? Infinity), 0);
}

function cloudInit(answer: Answer | undefined): string[] {
  if (!answer?.stdout.startsWith("{")) return [`cloud-init does not tell its status: ${answer?.stderr.trim()}`];
  const said = object(JSON.parse(answer.stdout));
  const status = text(said.status);
  const recovered = Object.values(object(said.recoverable_errors)).flatMap(list);
  const errors = [...new Set([...list(said.errors), ...recovered].map((one) => text(one)))];
  return [
    ...(status === "done" ? [] : [`cloud-init's status is ${status}`]),
    ...errors.map((one) => `cloud-init: ${one}`),
  ];
}

function schema(answer: Answer | undefined): string[] {
  if (answer === undefined || answer.code === 0) return [];
  return [`cloud-init schema: ${lines(`${answer.stdout}\n${answer.stderr}`).join(" ")}`];
}

function verified(answer: Answer | undefined, units: readonly string[]): string[] {
  const said = lines(answer?.stderr ?? "").filter((line) => units.some((unit) => line.includes(unit)));
  return said.map((line) => `systemd-analyze verify: ${line}`);
}

/** What the commands of the data say; cloud-init looks at the last one's exit code only. */
function output(said: string): string[] {
  const own = lines(said).filter((line) => !/^(ci-info: |Cloud-init v\. )/.test(line));
  return own.filter((line) => COMPLAINT.test(line)).map((line) => `a command of its data says ${JSON.stringify(line)}`);
}

const COMPLAINT = /^E: |\b(fail(s|ed|ure)?|errors?|unable|cannot|can't|not found|no such|denied|refused)\b/i;

function lines(said: string): string[] {
  return said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
