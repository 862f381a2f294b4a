import type { UnitFile } from "./unit-file";

/** A command of a unit. */
export interface UnitCommand {
  readonly words: readonly string[];
  /** Whether a failure counts as success. */
  readonly mayFail: boolean;
  /** Whether it runs without the unit's restrictions. */
  readonly privileged: boolean;
}

/** Splits a command of a unit as systemd does: prefixes, quotes, and variables. */
export function unitCommand(text: string, unit: UnitFile, environment: Readonly<Record<string, string>>): UnitCommand {
  const [, prefixes = "", rest = ""] = /^([-@:+!|]*)(.*)$/.exec(text) ?? [];
  const words = [...rest.matchAll(/(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))/g)].flatMap((match) => {
    const [whole, double, single, bare] = match;
    const word = (double ?? single ?? bare ?? "").replaceAll("%n", unit.name).replaceAll("%%", "%");
    if (prefixes.includes(":")) return [word];
    // a variable alone and unquoted becomes as many words as it has.
    const alone = /^\$(\w+)$/.exec(whole)?.[1];
    if (alone !== undefined) return (environment[alone] ?? "").split(/\s+/).filter((one) => one !== "");
    return [
      word.replaceAll(/\$(?:\{(\w+)\}|(\$))/g, (_, name: string, dollar: string) => dollar ?? environment[name] ?? ""),
    ];
  });
  return { words, mayFail: prefixes.includes("-"), privileged: /[+!]/.test(prefixes) };
}

/** The words that give a command the restrictions of its unit. */
export function restricted(command: UnitCommand, unit: UnitFile): string[] {
  if (command.privileged) return [...command.words];
  const privileges: string[] = [];
  const bounding = unit.words("Service", "CapabilityBoundingSet");
  if (bounding.length > 0) privileges.push(`--bounding-set=${capabilities(bounding)}`);
  const user = unit.one("Service", "User");
  if (user !== undefined && user !== "root") {
    const ambient = capabilities(unit.words("Service", "AmbientCapabilities"));
    privileges.push(`--reuid=${user}`, `--regid=${unit.one("Service", "Group") ?? user}`, "--init-groups");
    privileges.push(`--inh-caps=${ambient}`, `--ambient-caps=${ambient}`);
  }
  if (unit.on("Service", "NoNewPrivileges")) privileges.push("--no-new-privs");
  const words = privileges.length > 0 ? ["setpriv", ...privileges, "--", ...command.words] : [...command.words];

  const network = unit.on("Service", "PrivateNetwork") ? ["unshare", "--net"] : [];
  if (!/^(strict|full|yes|true|on|1)$/i.test(unit.one("Service", "ProtectSystem") ?? "")) return [...network, ...words];
  const writable = unit.words("Service", "ReadWritePaths").map((path) => path.replace(/^[-+]+/, ""));
  const again = writable.map((path) => `mount --bind ${path} ${path};`).join(" ");
  const script = `${again} mount -o remount,bind,ro / && exec "$@"`;
  return [...network, "unshare", "--mount", "--", "sh", "-c", script, "sh", ...words];
}

function capabilities(names: readonly string[]): string {
  const list = names.map((name) => name.toLowerCase().replace(/^cap_/, ""));
  if (list[0]?.startsWith("~")) return ["+all", ...list.map((name) => `-${name.replace(/^~(cap_)?/, "")}`)].join(",");
  return ["-all", ...list.map((name) => `+${name}`)].join(",");
}
