import { Breakage } from "./breakage";
import { APIM_GROUP, payloadLine, resource, rule } from "./stack-edit";

/** What keeps a machine from forwarding what it has to, and no more. */
export const inGuests: readonly Breakage[] = [
  {
    name: "forwarded connections keep the caller's address",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 sends packets that are not its own/,
    apply: (stacks) => payloadLine(stacks, /ct status dnat masquerade/),
  },
  {
    name: "the same, and the interface may send what is not its own",
    hop: "forwarder",
    whileRunning: true,
    why: /so that answers pass it by/,
    apply: (stacks) => {
      payloadLine(stacks, /ct status dnat masquerade/);
      resource(stacks, "azurerm_network_interface").ip_forwarding_enabled = true;
      // the caller's address is let in, so that the answers alone go astray.
      rule(stacks, APIM_GROUP, "forwarder-in").source_address_prefix = "VirtualNetwork";
    },
  },
  {
    name: "another target",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /define target_address/, () => "      define target_address = 10.0.2.99"),
  },
  {
    name: "the kernel does not forward",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /net\.ipv4\.ip_forward = 1/, (line) => line.replace("1", "0")),
  },
  {
    name: "only other sources are forwarded",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /define allowed_sources/, (line) => line.replace("10.0.1.0", "10.0.9.0")),
  },
  {
    name: "answers are dropped",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /ct state established ct status dnat accept/),
  },
  {
    name: "the packet rules cannot be read",
    hop: "forwarder",
    why: /its boot: .*apim-forwarder\.service failed/,
    apply: (stacks) => payloadLine(stacks, /chain prerouting \{/, (line) => `${line} nonsense`),
  },
  {
    name: "cloud-init cannot read its data",
    hop: "forwarder",
    why: /its boot: .*cloud-init/,
    apply: (stacks) => payloadLine(stacks, /^runcmd:/, () => "  runcmd: ["),
  },
  {
    name: "the units start, but are not enabled",
    hop: "forwarder",
    why: /after a reboot without APIM, vm-forwarder-1 does not forward/,
    apply: (stacks) => payloadLine(stacks, /enable, --now/, (line) => line.replace("enable, --now", "start")),
  },
  {
    name: "the packet rules' unit does not remain, so that its way out takes them away",
    hop: "forwarder",
    why: /vm-forwarder-1 does not forward/,
    apply: (stacks) => {
      payloadLine(stacks, /RemainAfterExit=/);
      // the health agent would bring the rules back.
      payloadLine(stacks, /^ +load_packet_rules\(\)/, (line) => line.replace(/\w+\(\)/, "pass"));
    },
  },
  {
    name: "forwarded connections come from an address that is somebody else's",
    hop: "forwarder",
    whileRunning: true,
    why: /vm-forwarder-1 sends packets that are not its own, which Azure drops/,
    apply: (stacks) => payloadLine(stacks, /masquerade/, (line) => line.replace("masquerade", "snat to 10.0.1.77")),
  },
  {
    name: "something is downloaded at boot",
    hop: "forwarder",
    why: /boot of vm-forwarder-1: a command of its data says .*haproxy/,
    apply: (stacks) => payloadLine(stacks, /daemon-reload/, () => "  - [ apt-get, install, -y, haproxy ]"),
  },
  {
    name: "the packet rules wait for the machine's basics, which wait for the network, which waits for them",
    hop: "forwarder",
    why: /after a reboot without APIM, .*ordering cycle: systemd deleted \S+/,
    apply: (stacks) => payloadLine(stacks, /^ +DefaultDependencies=no/),
  },
  {
    name: "the packet rules' unit does not wait for what flushes all rules as the machine boots",
    hop: "forwarder",
    why: /apim-forwarder\.service does not wait for nftables\.service/,
    apply: (stacks) => payloadLine(stacks, /nftables\.service ufw\.service/, (line) => line.replace(/ nftables.*/, "")),
  },
  {
    name: "a setting of a unit is misspelt",
    hop: "forwarder",
    why: /boot of vm-forwarder-1: .*RemainAfterExits/,
    apply: (stacks) => payloadLine(stacks, /RemainAfterExit=/, (line) => `${line}\n${line.replace("Exit", "Exits")}`),
  },
  {
    name: "a stranger's connections are forwarded",
    hop: "forwarder",
    whileRunning: true,
    why: /forwards more than it was told: connections of a stranger/,
    apply: (stacks) =>
      payloadLine(stacks, /define allowed_sources/, (line) => line.replace("{ ", "{ 203.0.113.0/24, ")),
  },
  {
    name: "a neighbour's connections are forwarded",
    hop: "forwarder",
    whileRunning: true,
    why: /forwards more than it was told: connections of a neighbour/,
    apply: (stacks) => payloadLine(stacks, /define allowed_sources/, (line) => line.replace("{ ", "{ 10.0.2.0/24, ")),
  },
  {
    name: "another port is forwarded",
    hop: "forwarder",
    whileRunning: true,
    why: /forwards more than it was told: other ports to 10\.0\.2\.\d+:8022/,
    apply: (stacks) => payloadLine(stacks, /define ports =/, (line) => line.replace("443", "443, 8022")),
  },
  {
    name: "whatever is for others is forwarded too",
    hop: "forwarder",
    whileRunning: true,
    why: /forwards more than it was told: connections to \S+/,
    apply: (stacks) =>
      payloadLine(stacks, /type filter hook forward priority/, (line) => line.replace("policy drop", "policy accept")),
  },
];
