import { answersIn, bootComplaints, orderingCycles } from "../../lab/guest/boot-report";

const DONE = JSON.stringify({ status: "done", errors: [], recoverable_errors: {} });

type Answers = Record<string, { code?: number; stdout?: string; stderr?: string }>;

/** What a machine prints that answers these questions so, and all others as one that is well. */
const printed = (answers: Answers): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries<Answers[string]>({ status: { stdout: DONE }, ...answers }).map(([name, answer]) => [
        name,
        { code: 0, stdout: "", stderr: "", ...answer },
      ]),
    ),
  );

const ran = (stdout: string, stderr = ""): Parameters<typeof answersIn>[0] => ({ code: 0, stdout, stderr });

const complaints = (answers: Answers): string[] =>
  bootComplaints({ answers: answersIn(ran(printed(answers))), units: ["a.service"] });

const shown = (...properties: string[]): { stdout: string } => ({ stdout: ["Id=a.service", ...properties].join("\n") });
const restarting = (pause: string, within: string): { stdout: string } =>
  shown("Restart=always", `RestartUSec=${pause}`, "StartLimitBurst=5", `StartLimitIntervalUSec=${within}`);

describe("a boot", () => {
  it("has nothing to complain about when systemd and cloud-init have not", () => {
    expect(complaints({})).toEqual([]);
  });

  it("tells why it could not be asked", () => {
    const answers = answersIn(ran("", "ModuleNotFoundError: No module named 'cloudinit'\n"));
    expect(bootComplaints({ answers, units: [] })).toEqual([
      "cloud-init does not tell its status: ModuleNotFoundError: No module named 'cloudinit'",
    ]);
  });

  it("is judged by the ordering cycles on its console", () => {
    const console =
      "sysinit.target: Job b.service/start deleted to break ordering cycle starting with sysinit.target/start";
    expect(orderingCycles(console)).toEqual([
      "ordering cycle: systemd deleted b.service/start to start sysinit.target",
    ]);
  });

  test.each<[string, Answers, string]>([
    ["a unit that failed", { failed: { stdout: "a.service loaded failed failed A" } }, "a.service failed"],
    ["a unit that waits", { jobs: { stdout: "1 a.service start waiting" } }, "a.service waits"],
    ["a warning about its units", { warnings: { stdout: "a.service:3: Unknown key" } }, "a.service:3: Unknown key"],
    ["data that is no valid cloud-config", { schema: { code: 1, stdout: "Invalid" } }, "schema: Invalid"],
    ["units that systemd does not understand", { verify: { code: 1, stderr: "a.service: ?" } }, "verify: a.service: ?"],
    [
      "what cloud-init recovered from",
      { status: { stdout: '{"status":"done","recoverable_errors":{"WARNING":["w"]}}' } },
      "cloud-init: w",
    ],
    ["a status that nobody tells", { status: { code: 1, stderr: "no" } }, "does not tell its status: no"],
    [
      "a unit that does not wait for what flushes its rules",
      {
        units: shown(
          "ExecStart={ path=/usr/sbin/nft ; argv[]=/usr/sbin/nft --file a }",
          "ExecStart={ path=/bin/true }",
        ),
        "after a.service": { stdout: "a.service\n● nftables.service\n  sysinit.target" },
      },
      "a.service does not wait for ufw.service, which undoes what it does when it starts later",
    ],
    [
      "a unit that does not stay up, with what its program said last",
      { units: shown("NRestarts=3"), "words a.service": { stdout: "no such file\n" } },
      "a.service ends and is started again, 3 times by now: no such file",
    ],
    [
      "a unit that systemd does not start again for ever",
      { units: restarting("1s 999ms", "10s") },
      "systemd gives a.service up for good when it ends 5 times within 10 s, 1.999 s after each start",
    ],
    ["what its commands say", { output: { stdout: "E: Unable to locate package b" } }, "Unable to locate package b"],
  ])("is judged by %s", (_, answers, complaint) => {
    expect(complaints(answers)).toEqual([expect.stringContaining(complaint)]);
  });

  it.each([
    ["2s", "10s"],
    ["100ms", "0"],
  ])("lets a unit start again every %s where the limit is within %s", (pause, within) => {
    expect(complaints({ units: restarting(pause, within) })).toEqual([]);
  });
});
