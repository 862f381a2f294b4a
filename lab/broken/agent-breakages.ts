import { Breakage } from "./breakage";
import { payloadLine, scriptLine } from "./stack-edit";

/** What makes the answer to the probe a lie, or the units hard to run; those that take longest come last. */
export const inAgents: readonly Breakage[] = [
  {
    name: "the probe is passed on to APIM",
    hop: "health probe",
    why: /passes the probe on to APIM/,
    apply: (stacks) => {
      payloadLine(stacks, /ip saddr \$probe_source return/);
      payloadLine(stacks, /define allowed_sources/, (line) => line.replace("{ ", "{ 168.63.129.16, "));
    },
  },
  {
    name: "systemd gives the health agent up after a few failures",
    hop: "forwarder",
    why: /boot of vm-forwarder-1: systemd gives apim-forwarder-health\.service up for good when it ends 5 times within 10 s/,
    apply: (stacks) => {
      payloadLine(stacks, /StartLimitIntervalSec=0/);
      payloadLine(stacks, /RestartSec=/, (line) => line.replace(/=.*/, "=100ms"));
    },
  },
  {
    name: "a command of the data fails without a word, which ends a refresh",
    hop: "forwarder",
    why: /the extension's script ended with 1 in vm-forwarder-1/,
    apply: (stacks) => payloadLine(stacks, /daemon-reload/, (line) => `${line}\n  - [ "false" ]\n${line}`),
  },
  {
    name: "the health agent does not come back with the packet rules' unit",
    hop: "forwarder",
    why: /apim-forwarder-health\.service stays down when apim-forwarder\.service is stopped and started/,
    apply: (stacks) => payloadLine(stacks, /Wants=apim-forwarder-health/),
  },
  {
    name: "a reload adds the packet rules to those that are there",
    hop: "forwarder",
    why: /systemctl reload-or-restart \S+ makes other packet rules of those that are there/,
    apply: (stacks) => payloadLine(stacks, /^ +delete table ip apim_forwarder$/),
  },
  {
    name: "the health agent lacks a capability",
    hop: "health probe",
    why: /probe forwarder-health of vm-forwarder-1 on port 443: (ECONNREFUSED|no answer)/,
    apply: (stacks) =>
      payloadLine(stacks, /CapabilityBoundingSet=/, () => "      CapabilityBoundingSet=CAP_NET_BIND_SERVICE"),
  },
  {
    name: "stopping fails where the packet rules are gone",
    hop: "forwarder",
    why: /systemctl stop apim-forwarder\.service fails/,
    apply: (stacks) =>
      payloadLine(stacks, /ExecStop=/, (line) => line.replace(/=.*/, "=/usr/sbin/nft delete table ip apim_forwarder")),
  },
  {
    name: "a unit takes its packet rules away by another name",
    hop: "forwarder",
    why: /systemctl stop \S+ leaves table ip apim_forwarder behind/,
    apply: (stacks) => payloadLine(stacks, /ExecStop=/, (line) => line.replaceAll("apim_forwarder", "forwarder")),
  },
  {
    name: "the packet rules come only where APIM answers as the machine boots",
    hop: "forwarder",
    why: /after a reboot without APIM, .*apim-forwarder\.service failed/,
    apply: (stacks) => {
      const ask = `import socket; socket.create_connection(("10.0.2.4", 443), 3)`;
      payloadLine(
        stacks,
        /ExecStart=.*nft/,
        (line) => `${line.replace(/=.*/, `=/usr/bin/python3 -c '${ask}'`)}\n${line}`,
      );
      // when the machine has a network.
      payloadLine(stacks, /DefaultDependencies=no/);
      payloadLine(stacks, /Before=network-pre/);
      payloadLine(stacks, /After=systemd-modules-load/, (line) => `${line} network-online.target`);
    },
  },
  {
    name: "a refresh replaces one file after the other, until the disk is full",
    hop: "forwarder",
    why: /fails where the disk is full, and yet changes \S+forward\.nft/,
    apply: (stacks) => {
      scriptLine(stacks, /^ +os\.replace\(/, () => "        pass");
      const replace = `        os.replace(file["path"] + ".new", file["path"])`;
      scriptLine(stacks, /os\.fsync\(/, (line) => `${line}\n${replace}`);
    },
  },
  {
    name: "the health agent answers whether APIM does or not",
    hop: "health probe",
    why: /the probe does not see that APIM is gone/,
    apply: (stacks) => payloadLine(stacks, /changed_by\(problem/, (line) => line.replace("problem is None", "True")),
  },
  {
    name: "the health agent goes by the time of day",
    hop: "health probe",
    why: /the probe does not see that APIM is gone: .* since the clock of vm-forwarder-1 went back by a day/,
    apply: (stacks) => {
      payloadLine(stacks, /next_check = time\.monotonic\(\)/, (line) => line.replace("time.monotonic()", "next_check"));
      payloadLine(
        stacks,
        /^ +client = Client\(\)/,
        (line) => `${line}\n${line.replace(/\S.*/, "next_check = time.time()")}`,
      );
      payloadLine(stacks, /next_check - time\.monotonic\(\)/, (line) => line.replace("monotonic", "time"));
    },
  },
  {
    name: "the health agent has to write into a log of its own before it answers",
    hop: "health probe",
    why: /as long as the disk of vm-forwarder-1 is full|while its disk is full, .* No space left on device/,
    apply: (stacks) => {
      payloadLine(stacks, /ProtectSystem=/);
      const written = 'with open("/var/log/verdicts", "a") as log: log.write("up" * 5000)';
      payloadLine(stacks, /^ +endpoint\.open\(\)/, (line) => `${line.replace(/\S.*/, written)}\n${line}`);
    },
  },
  {
    name: "packet rules that somebody flushed stay away",
    hop: "health probe",
    why: /the probe stays down after APIM is back: .*lost its rules/,
    apply: (stacks) => payloadLine(stacks, /^ +load_packet_rules\(\)/, (line) => line.replace(/\w+\(\)/, "pass")),
  },
];
