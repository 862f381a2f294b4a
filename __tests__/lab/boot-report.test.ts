import { bootComplaints, orderingCycles } from "../../lab/guest/boot-report";
import { Ran } from "../../lab/shell";

const DONE = JSON.stringify({ status: "done", errors: [], recoverable_errors: {} });

const complaints = (answers: Record<string, Partial<Ran>>, console = ""): Promise<string[]> =>
  bootComplaints({
    inside: (words) => {
      const found = Object.entries(answers).find(([start]) => words.join(" ").startsWith(start))?.[1];
      const healthy = words[1] === "status" ? DONE : "";
      return Promise.resolve({ code: 0, stdout: healthy, stderr: "", ...found });
    },
    console,
    units: ["a.service"],
    first: true,
  });

describe("a boot", () => {
  it("has nothing to complain about when systemd and cloud-init have not", async () => {
    expect(await complaints({})).toEqual([]);
  });

  it("is judged by the ordering cycles on its console", async () => {
    const console =
      "sysinit.target: Job b.service/start deleted to break ordering cycle starting with sysinit.target/start";
    expect(orderingCycles(console)).toEqual([
      "ordering cycle: systemd deleted b.service/start to start sysinit.target",
    ]);
    expect(await complaints({}, console)).toEqual(orderingCycles(console));
  });

  test.each<[string, Record<string, Partial<Ran>>, string]>([
    [
      "a unit that failed",
      { "systemctl list-units": { stdout: "a.service loaded failed failed A" } },
      "a.service failed",
    ],
    ["a unit that waits", { "systemctl list-jobs": { stdout: "1 a.service start waiting" } }, "a.service waits"],
    ["a warning about its units", { journalctl: { stdout: "a.service:3: Unknown key" } }, "a.service:3: Unknown key"],
    ["data that is no valid cloud-config", { "cloud-init schema": { code: 1, stdout: "Invalid" } }, "schema: Invalid"],
    [
      "what cloud-init recovered from",
      { "cloud-init status": { stdout: '{"status":"done","recoverable_errors":{"WARNING":["w"]}}' } },
      "cloud-init: w",
    ],
    [
      "a unit that does not wait for what flushes its rules",
      {
        "systemctl show --property=ExecStart": { stdout: "{ path=/usr/sbin/nft ; argv[]=/usr/sbin/nft --file a }" },
        "systemctl list-dependencies": { stdout: "a.service\n● nftables.service\n  sysinit.target" },
      },
      "a.service does not wait for ufw.service, which undoes what it does when it starts later",
    ],
    [
      "a unit that does not stay up, with what its program said last",
      {
        "systemctl show --property=NRestarts": { stdout: "3\n" },
        "journalctl --boot --quiet --output=cat --lines=1": { stdout: "no such file\n" },
      },
      "a.service ends and is started again, 3 times by now: no such file",
    ],
    ["what its commands say", { cat: { stdout: "E: Unable to locate package b" } }, "Unable to locate package b"],
  ])("is judged by %s", async (_, answers, complaint) => {
    expect(await complaints(answers)).toEqual([expect.stringContaining(complaint)]);
  });
});
