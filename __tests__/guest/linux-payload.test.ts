import { Fn, TerraformLocal, Testing } from "cdktf";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { Forwarding } from "../../lib/guest/forwarding";
import { guestFile } from "../../lib/guest/guest-file";
import { linuxPayload, linuxRefresh } from "../../lib/guest/linux-payload";

interface CloudConfig {
  write_files: { path: string; owner: string; permissions: string; content: string }[];
  runcmd: string[][];
}

const FORWARDING: Forwarding = {
  targetAddress: "10.0.2.5",
  ports: [443, 3443],
  allowFrom: ["10.0.1.0/24", "10.0.3.0/24"],
};
const DIRECTORY = join(__dirname, "../../lib/guest/linux");

function source(name: string): string {
  return readFileSync(join(DIRECTORY, name), "utf8");
}

function config(forwarding = FORWARDING): CloudConfig {
  return parse(linuxPayload(forwarding).join("\n"));
}

function content(name: string): string | undefined {
  return config().write_files.find(({ path }) => basename(path) === name)?.content;
}

/** The lines of a file that differ from those of the file it comes from. */
function changed(name: string): string[] {
  const before = source(name).split("\n");
  return (content(name) ?? "").split("\n").filter((line, index) => line !== before[index]);
}

it("begins as cloud-init demands", () => {
  expect(linuxPayload(FORWARDING)[0]).toBe("#cloud-config");
});

it("writes every file that stands beside the cloud-config, but for the script of running machines, and no other", () => {
  const written = config().write_files.map(({ path }) => basename(path));

  expect(written.sort()).toEqual(
    readdirSync(DIRECTORY)
      .filter((name) => !["cloud-config.yaml", "refresh.sh"].includes(name))
      .sort(),
  );
});

it.each(["sysctl.conf", "health.py", "apim-forwarder.service", "apim-forwarder-health.service"])(
  "leaves %s as it is",
  (name) => {
    expect(content(name)).toBe(source(name));
  },
);

it("puts the values into the packet rules, and changes nothing else", () => {
  expect(changed("forward.nft")).toEqual([
    "define target_address = 10.0.2.5",
    "define ports = { 443, 3443 }",
    "define allowed_sources = { 10.0.1.0/24, 10.0.3.0/24 }",
  ]);
});

it("has the first port checked and probed", () => {
  const changedPort = config({ ...FORWARDING, ports: [3443, 443] }).write_files.map((file) => file.content);

  expect(changed("forwarder.env")).toEqual(["TARGET_ADDRESS=10.0.2.5"]);
  expect(changedPort).toContainEqual(expect.stringContaining("\nHEALTH_PORT=3443\n"));
});

it("makes files that only root changes", () => {
  for (const { owner, permissions } of config().write_files) {
    expect({ owner, permissions }).toEqual({
      owner: "root:root",
      permissions: expect.stringMatching(/^0[67][45]{2}$/),
    });
  }
});

it("starts both units now and at every boot, and downloads nothing", () => {
  const { runcmd, ...rest } = config();

  expect(runcmd).toEqual([
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--now", "apim-forwarder.service", "apim-forwarder-health.service"],
  ]);
  expect(Object.keys(rest)).toEqual(["write_files"]);
});

it("has units that name only files that it writes", () => {
  const paths = config().write_files.map(({ path }) => path);
  const named = ["apim-forwarder.service", "apim-forwarder-health.service"]
    .flatMap((unit) => source(unit).split("\n"))
    .filter((line) => /^(Exec|EnvironmentFile)/.test(line))
    .flatMap((line) => line.match(/\/(etc|usr\/local)\/[\w./-]+/) ?? [])
    .filter((path) => path.startsWith("/"));

  expect(named.length).toBeGreaterThan(3);
  expect(paths).toEqual(expect.arrayContaining(named));
});

it("gives the health agent every variable that it reads", () => {
  const read = [...source("health.py").matchAll(/os\.environ\["(\w+)"\]/g)].map(([, name]) => name);
  const given = [...source("forwarder.env").matchAll(/^(\w+)=/gm)].map(([, name]) => name);

  expect(read.sort()).toEqual(given.sort());
});

it("lets the health agent's client in like any other", () => {
  expect(source("health.py")).toContain('\nCLIENT_ADDRESS = "192.0.2.2"\n');
  expect(source("forward.nft")).toContain("\ndefine health_source = 192.0.2.2\n");
  expect(source("forward.nft")).toContain("elements = { $health_source, $allowed_sources }");
});

it("keeps one line of a file on one line of the Terraform, with its tokens", () => {
  const targetAddress = Fn.element(["${aws.is.not.here}", "10.0.2.5"], 1);
  const synthesized = Testing.synthScope((scope) => {
    new TerraformLocal(scope, "CloudConfig", linuxPayload({ ...FORWARDING, targetAddress }));
  });
  const [lines] = Object.values<string[]>(JSON.parse(synthesized).locals);

  expect(lines).toContainEqual(expect.stringMatching(/^ {6}define target_address = \$\{element\(\[.*\], 1\)\}$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {6}TARGET_ADDRESS=\$\{element\(\[.*\], 1\)\}$/));
  expect(lines?.join("")).not.toContain("\n");
});

it("stays far below the 64 KB that Azure takes", () => {
  expect(Buffer.from(linuxPayload(FORWARDING).join("\n")).toString("base64").length).toBeLessThan(32 * 1024);
});

it("fails when a value is not one", () => {
  expect(() => linuxPayload({ ...FORWARDING, targetAddress: "10.0.2.5; drop" })).toThrow(
    new Error('invalid forwarding:\n- targetAddress must be an IPv4 address such as 10.0.1.5, got "10.0.2.5; drop"'),
  );
});

it("fails when a file has no line for a value", () => {
  expect(() => guestFile("linux/forward.nft", { "define target = ": "10.0.2.5" })).toThrow(
    new Error('linux/forward.nft must have one line that begins with "define target = ", got 0'),
  );
});

it("fails when a file has two lines for a value", () => {
  expect(() => guestFile("linux/forwarder.env", { HEALTH_: "443" })).toThrow(
    new Error('linux/forwarder.env must have one line that begins with "HEALTH_", got 5'),
  );
});

describe("the script that brings a running machine up to date", () => {
  const lines = linuxRefresh("${base64encode(local.x)}");
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "apim-private-link-refresh-"));
    for (const name of ["systemctl", "cloud-init", "greet"]) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho ${name} "$@" >> '${folder}/commands'\n`, { mode: 0o755 });
    }
    writeFileSync(join(folder, "yaml.py"), "import json\nsafe_load = json.loads\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const refresh = (config: unknown): { status: number | null; stderr: string } => {
    const script = linuxRefresh(Buffer.from(JSON.stringify(config)).toString("base64")).join("\n");
    const env = { PATH: `${folder}:/usr/bin:/bin`, PYTHONPATH: folder };
    return spawnSync("sh", ["-c", script], { cwd: folder, env, encoding: "utf8" });
  };

  it("holds the cloud-config in one line, which Terraform fills in", () => {
    expect(lines.filter((line) => line.includes("${"))).toEqual(["cloud_config=${base64encode(local.x)}"]);
    expect(lines[0]).toBe("#!/bin/sh");
  });

  it("does to a machine what cloud-init does, with the files, modes and commands of the payload", () => {
    const { status, stderr } = refresh({
      write_files: [{ path: join(folder, "new/folder/file"), permissions: "0640", content: "a $b\n" }],
      runcmd: [["greet", "one two"]],
    });

    expect([status, stderr]).toEqual([0, ""]);
    expect(readdirSync(join(folder, "new/folder"))).toEqual(["file"]);
    expect(readFileSync(join(folder, "new/folder/file"), "utf8")).toBe("a $b\n");
    expect(statSync(join(folder, "new/folder/file")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, "commands"), "utf8").split("\n")).toEqual([
      "cloud-init status --wait",
      "greet one two",
      "systemctl reload-or-restart apim-forwarder.service",
      "systemctl restart apim-forwarder-health.service",
      "",
    ]);
  });

  it("changes no file when it cannot write one of them, and runs no command", () => {
    mkdirSync(join(folder, "etc"));
    writeFileSync(join(folder, "etc/first"), "old");
    const { status, stderr } = refresh({
      write_files: [
        { path: join(folder, "etc/first"), permissions: "0644", content: "new" },
        { path: join(folder, "etc/first/second"), permissions: "0644", content: "new" },
      ],
      runcmd: [["greet"]],
    });

    expect([status, stderr]).toEqual([1, expect.stringContaining("FileExistsError")]);
    expect(readdirSync(join(folder, "etc"))).toEqual(["first"]);
    expect(readFileSync(join(folder, "etc/first"), "utf8")).toBe("old");
    expect(readFileSync(join(folder, "commands"), "utf8")).toBe("cloud-init status --wait\n");
  });
});
