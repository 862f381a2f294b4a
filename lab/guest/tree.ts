import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

// the Debian whose systemd and cloud-init are the nearest to those of Ubuntu 24.04.
const SUITE = "trixie";
const PACKAGES = [
  "systemd-sysv dbus cloud-init nftables ufw iproute2 python3 procps kmod libfaketime",
  // without them cloud-init waits for ever, or complains about the tree and not about the payload.
  "python3-cffi-backend openssh-client e2fsprogs locales",
].flatMap((names) => names.split(" "));
const RECIPE = join(__dirname, "make-tree");

/** The folder of the tree that machines start from; its name says what is in it. */
export function treeFolder(): string {
  const content = [SUITE, ...PACKAGES, readFileSync(RECIPE, "utf8")].join(" ");
  const key = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return join(process.env.XDG_CACHE_HOME ?? "/var/cache", "apim-private-link", `${SUITE}-${key}`);
}

/** Makes the tree unless it is there, and says so; whoever else is making it is waited for. */
export async function ensureTree(): Promise<void> {
  const folder = treeFolder();
  if (existsSync(folder)) return;
  const made = `${folder}.new`;
  mkdirSync(dirname(folder), { recursive: true });
  console.error(
    `making the Debian tree that the lab's machines boot from, once: 1 to 5 minutes, 400 MB in ${folder}, ` +
      `which nothing else needs: rm -r ${dirname(folder)} removes it`,
  );
  const script = `test -e "$1" || { rm -rf "$2" && "$3" "$2" "$4" "$5" && mv "$2" "$1"; }`;
  const words = ["sh", "-c", script, "sh", folder, made, RECIPE, SUITE, PACKAGES.join(",")];
  const child = spawn("flock", [`${folder}.lock`, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const stop = (): void => void child.kill();
  process.once("exit", stop);
  const last: string[] = [];
  const say = progress();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      last.push(line);
      if (last.length > 5) last.shift();
      say(line);
    });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  process.off("exit", stop);
  if (code !== 0) throw new Error(`the tree cannot be made: ${last.join("; ")}`);
}

/** Prints how far it is, every ten seconds. */
function progress(): (line: string) => void {
  const started = Date.now();
  let [steps, said] = [0, started];
  return (line) => {
    const [, verb, name] =
      /^I: (Retrieving|Extracting|Unpacking|Configuring) (\S+?)(?:\.\.\.)?(?: |$)/.exec(line) ?? [];
    if (verb === undefined) return;
    steps += 1;
    if (Date.now() - said < 10_000) return;
    said = Date.now();
    console.error(`  ${Math.round((said - started) / 1000)} s, step ${steps}: ${verb.toLowerCase()} ${name}`);
  };
}
