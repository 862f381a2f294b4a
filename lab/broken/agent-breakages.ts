import { Breakage } from "./breakage";
import { payloadLine } from "./stack-edit";

/** What makes the answer to the probe a lie, or the units hard to run. */
export const inAgents: readonly Breakage[] = [
  {
    name: "the health agent answers whether APIM does or not",
    hop: "health probe",
    why: /the probe does not see that APIM is gone/,
    apply: (stacks) => payloadLine(stacks, /changed_by\(problem/, (line) => line.replace("problem is None", "True")),
  },
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
    name: "the health agent lacks a capability",
    hop: "health probe",
    why: /probe forwarder-health of vm-forwarder-1 on port 443: (ECONNREFUSED|no answer)/,
    apply: (stacks) =>
      payloadLine(stacks, /CapabilityBoundingSet=/, () => "      CapabilityBoundingSet=CAP_NET_BIND_SERVICE"),
  },
  {
    name: "the health agent does not come back with the packet rules' unit",
    hop: "forwarder",
    why: /apim-forwarder-health\.service stays down when apim-forwarder\.service is stopped and started/,
    apply: (stacks) => payloadLine(stacks, /Wants=apim-forwarder-health/),
  },
  {
    name: "stopping fails where the packet rules are gone",
    hop: "forwarder",
    why: /systemctl stop apim-forwarder\.service fails/,
    apply: (stacks) =>
      payloadLine(stacks, /ExecStop=/, (line) => line.replace(/=.*/, "=/usr/sbin/nft delete table ip apim_forwarder")),
  },
  {
    name: "packet rules that somebody flushed stay away",
    hop: "health probe",
    why: /the probe stays down after APIM is back: .*lost its rules/,
    apply: (stacks) => payloadLine(stacks, /^ +load_packet_rules\(\)/, (line) => line.replace(/\w+\(\)/, "pass")),
  },
];
