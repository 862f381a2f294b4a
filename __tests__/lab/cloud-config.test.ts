import { gzipSync } from "node:zlib";
import { firstBoot } from "../../lab/guest/cloud-config";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("the first boot", () => {
  it("writes files with their modes and runs commands in order", () => {
    const boot = firstBoot(
      base64(`#cloud-config
write_files:
  - { path: /etc/a, permissions: "0755", content: hello }
  - { path: /etc/b, permissions: 0600, encoding: b64, content: ${base64("there")} }
runcmd:
  - [systemctl, daemon-reload]
  - echo "one line"
`),
    );
    expect(boot.files.map(({ path, mode, content }) => [path, mode, content.toString()])).toEqual([
      ["/etc/a", 0o755, "hello"],
      ["/etc/b", 0o600, "there"],
    ]);
    expect(boot.commands).toEqual([["systemctl", "daemon-reload"], 'echo "one line"']);
    expect(boot.problems).toEqual([]);
  });

  it("reads compressed data", () => {
    const data = gzipSync("#cloud-config\nruncmd: [[true]]\n").toString("base64");
    expect(firstBoot(data).commands).toHaveLength(1);
  });

  it("runs a script as it is", () => {
    const boot = firstBoot(base64("#!/bin/sh\ntrue\n"));
    expect(boot.commands).toEqual([[boot.files[0]?.path]]);
  });

  test.each([
    ["no data at all", "", "there is no custom data"],
    [
      "data of an unknown kind",
      base64("write_files: []"),
      'cloud-init ignores data that begins with "write_files: []"',
    ],
    [
      "a key that the lab does not know",
      base64("#cloud-config\nwireguard: {}"),
      'the lab does not know "wireguard" of a cloud-config',
    ],
  ])("does not pass over %s", (_, data, problem) => {
    expect(firstBoot(data).problems).toEqual([problem]);
  });

  it("does not pass over data that cannot be read", () => {
    expect(firstBoot(base64("#cloud-config\nruncmd: [")).problems).toEqual([
      expect.stringContaining("cloud-init cannot read the cloud-config"),
    ]);
  });
});
