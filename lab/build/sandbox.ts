import { execFileSync, spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typescript } from "../shell";
import { PLATFORM } from "./topology";

/** The folder of a lab; it stands on memory that only the lab sees. */
export const FOLDER = "/run/lab";

const CGROUPS = "/run/cgroup";

// the number of the process outside, and which of its labs it is.
const INSIDE = "LAB_INSIDE";
let labs = 0;

/** The control group of a lab, one of its own for each machine below. */
export const CGROUP = join(CGROUPS, groupOf(process.env[INSIDE] ?? ""));

const PROGRAMS: Record<string, string> = {
  ip: "iproute2",
  nft: "nftables",
  nginx: "nginx",
  dnsmasq: "dnsmasq",
  curl: "curl",
  openssl: "openssl",
  sysctl: "procps",
  python3: "python3",
  debootstrap: "debootstrap debian-archive-keyring",
  flock: "util-linux",
  chroot: "coreutils",
  getent: "libc-bin",
  mount: "mount",
  script: "bsdutils",
  setpriv: "util-linux",
  unshare: "util-linux",
  nsenter: "util-linux",
  terraform: "Terraform",
};

/** Whether this process is the one within the lab's namespaces. */
export function isInside(): boolean {
  return process.env[INSIDE] !== undefined && process.pid === 1;
}

/** How a shell on the machine finds the number of this process. */
export function ownProcess(): string {
  return `$(pgrep --parent $(pgrep --parent ${process.env[INSIDE]?.split("-")[0]}))`;
}

/** What keeps the lab from running on this machine, as a message. */
export function obstacleToRun(): string | undefined {
  if (process.platform !== "linux") return `the lab needs Linux with network namespaces, this is ${process.platform}`;
  const path = searchPath();
  const missing = Object.keys(PROGRAMS).filter(
    (program) => !path.split(":").some((folder) => executable(join(folder, program))),
  );
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((program) => PROGRAMS[program]))].join(" ");
    return `the lab needs ${missing.join(", ")}: install ${packages}`;
  }
  if (process.getuid?.() === 0) return undefined;
  return "the lab boots machines, which takes an administrator: call it with sudo, such as `sudo npm run lab`";
}

/**
 * Runs this program once more, within namespaces of its own: processes, mounts, network. When its first process ends,
 * however it ends, the kernel ends all others and takes every namespace, mount and cable away.
 */
export function runInside(program: string, words: readonly string[]): Promise<number> {
  const inner = typescript(program, ...words);
  removeGroups();
  const name = `${process.pid}-${(labs += 1)}`;
  const env = { ...process.env, [INSIDE]: name, PATH: searchPath() };
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", "unshare", ...namespaces(), ...inner], {
    env,
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => setTimeout(() => child.kill("SIGKILL"), 1_000));
  }
  process.on("exit", () => child.kill("SIGKILL"));
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("exit", (code, signal) => {
      removeGroups(name);
      resolve(code ?? (signal ? 130 : 1));
    });
  });
}

/** Prepares the mounts, in which nothing of the machine's own is written to. */
export function furnish(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  execFileSync("mount", ["-t", "tmpfs", "lab", "/run"]);
  for (const folder of ["/run/netns", CGROUPS, FOLDER, `${FOLDER}/etc`]) mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "cgroup2", "lab", CGROUPS]);
  spawnSync("cp", ["-a", "/etc/.", `${FOLDER}/etc/`], { stdio: "ignore" });
  spawnSync("rm", ["-f", `${FOLDER}/etc/resolv.conf`]);
  writeFileSync(`${FOLDER}/etc/resolv.conf`, `nameserver ${PLATFORM}\noptions timeout:1 attempts:2\n`);
  writeFileSync(`${FOLDER}/etc/nsswitch.conf`, "hosts: files dns\n");
  writeFileSync(`${FOLDER}/etc/hosts`, "127.0.0.1 localhost\n");
  execFileSync("mount", ["--bind", `${FOLDER}/etc`, "/etc"]);
}

function namespaces(): string[] {
  return ["--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "--mount-proc", "--kill-child", "--"];
}

function groupOf(name: string): string {
  return `lab-${name}`;
}

/**
 * Takes the control groups of a lab away, which outlive its processes, and those of labs that were killed before they
 * could.
 */
function removeGroups(ended?: string): void {
  const script = "mount -t cgroup2 lab /mnt && cd /mnt && ls -d lab-*";
  const { stdout } = spawnSync("unshare", ["--mount", "sh", "-c", script], { encoding: "utf8" });
  const names = stdout.split("\n").filter((name) => name === groupOf(ended ?? "") || isAbandoned(name));
  if (names.length === 0) return;
  const remove = 'mount -t cgroup2 lab /mnt && cd /mnt && find "$@" -depth -type d -exec rmdir {} +';
  spawnSync("unshare", ["--mount", "sh", "-c", remove, "sh", ...names], { stdio: "ignore" });
}

/** Whether a control group is that of a lab whose process outside is gone. */
function isAbandoned(group: string): boolean {
  const [, owner] = /^lab-(\d+)-\d+$/.exec(group) ?? [];
  return owner !== undefined && !existsSync(`/proc/${owner}`);
}

function searchPath(): string {
  return `${process.env.PATH ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
