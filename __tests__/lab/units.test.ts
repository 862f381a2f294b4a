import { restricted, unitCommand } from "../../lab/guest/command-line";
import { UnitFile } from "../../lab/guest/unit-file";

const unit = (...lines: string[]): UnitFile => new UnitFile("a.service", lines.join("\n"));

describe("a unit file", () => {
  it("collects the values of a key, and forgets them at an empty one", () => {
    const read = unit(
      "[Service]",
      "ExecStart=/bin/a",
      "# ExecStart=/bin/b",
      "ExecStart=",
      "ExecStart=/bin/c \\",
      "  d",
    );
    expect(read.all("Service", "ExecStart")).toEqual(["/bin/c    d"]);
  });

  test.each([
    ["2", 2_000],
    ["1min 30s", 90_000],
    ["500ms", 500],
  ])("reads the time %s", (text, milliseconds) => {
    expect(unit("[Service]", `RestartSec=${text}`).time("Service", "RestartSec", 0)).toBe(milliseconds);
  });

  it("says what the lab does not know", () => {
    expect(unit("[Service]", "ExecStart=/bin/a", "RootDirectory=/x", "[Socket]", "ListenStream=1").unknown()).toEqual([
      "Service.RootDirectory",
      "Socket.ListenStream",
    ]);
  });
});

describe("a command of a unit", () => {
  it("has its quotes, prefixes and variables taken apart", () => {
    const command = unitCommand(`-/bin/a "b c" \${ONE} $MANY '%n' $$`, unit(), { ONE: "1 1", MANY: "2 3" });
    expect(command).toEqual({
      words: ["/bin/a", "b c", "1 1", "2", "3", "a.service", "$"],
      mayFail: true,
      privileged: false,
    });
  });

  it("runs with the capabilities that its unit leaves it", () => {
    const read = unit("[Service]", "CapabilityBoundingSet=CAP_NET_ADMIN CAP_SYS_ADMIN", "NoNewPrivileges=yes");
    expect(restricted(unitCommand("/bin/a", read, {}), read)).toEqual([
      "setpriv",
      "--bounding-set=-all,+net_admin,+sys_admin",
      "--no-new-privs",
      "--",
      "/bin/a",
    ]);
  });
});
