import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { text } from "../read/json";

/** A file that cloud-init writes. */
export interface WrittenFile {
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
  readonly owner: string;
  readonly append: boolean;
}

/** What cloud-init does with the data of the first boot. */
export interface FirstBoot {
  readonly files: readonly WrittenFile[];
  /** Shell words, or one line for the shell. */
  readonly early: readonly (string | readonly string[])[];
  readonly commands: readonly (string | readonly string[])[];
  /** What the lab cannot do, or cloud-init would refuse. */
  readonly problems: readonly string[];
}

// without effect on packets.
const HARMLESS = new Set(
  [
    "hostname fqdn preserve_hostname manage_etc_hosts timezone locale keyboard ssh_pwauth disable_root users groups",
    "ssh_authorized_keys ssh_deletekeys chpasswd password final_message output package_update package_upgrade",
    "package_reboot_if_required growpart resize_rootfs swap ntp merge_how merge_type apt byobu_by_default",
  ].flatMap((names) => names.split(" ")),
);

const NOTHING: FirstBoot = { files: [], early: [], commands: [], problems: [] };

/** Reads the data of the first boot as cloud-init does. */
export function firstBoot(customData: string): FirstBoot {
  if (customData === "") return { ...NOTHING, problems: ["there is no custom data"] };
  const raw = Buffer.from(customData, "base64");
  const data = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString("utf8");
  if (data.startsWith("#!")) {
    const script = "/var/lib/cloud/instance/scripts/part-001";
    const file = { path: script, content: Buffer.from(data), mode: 0o700, owner: "root:root", append: false };
    return { ...NOTHING, files: [file], commands: [[script]] };
  }
  if (!/^#cloud-config\s*$/m.test(data.split("\n", 1)[0] ?? "")) {
    return { ...NOTHING, problems: [`cloud-init ignores data that begins with ${JSON.stringify(data.slice(0, 20))}`] };
  }
  try {
    return fromConfig(parse(data, { version: "1.1" }) as Record<string, unknown> | null);
  } catch (error) {
    return { ...NOTHING, problems: [`cloud-init cannot read the cloud-config: ${(error as Error).message}`] };
  }
}

function fromConfig(config: Record<string, unknown> | null): FirstBoot {
  const known = new Set([...HARMLESS, "write_files", "runcmd", "bootcmd"]);
  const { write_files: files = [], runcmd = [], bootcmd = [] } = config ?? {};
  const all = (files as Record<string, unknown>[]).map(writtenFile);
  return {
    files: all,
    early: bootcmd as FirstBoot["early"],
    commands: runcmd as FirstBoot["commands"],
    problems: Object.keys(config ?? {})
      .filter((key) => !known.has(key))
      .map((key) => `the lab does not know ${JSON.stringify(key)} of a cloud-config`),
  };
}

function writtenFile(file: Record<string, unknown>): WrittenFile {
  const encodings = text(file.encoding).toLowerCase().split("+");
  let content = Buffer.from(text(file.content));
  if (encodings.some((one) => one === "b64" || one === "base64")) content = Buffer.from(content.toString(), "base64");
  if (encodings.some((one) => one === "gz" || one === "gzip")) content = gunzipSync(content);
  const mode = file.permissions ?? 0o644;
  return {
    path: String(file.path),
    content,
    mode: typeof mode === "number" ? mode : parseInt(text(mode), 8),
    owner: text(file.owner, "root:root"),
    append: file.append === true,
  };
}
