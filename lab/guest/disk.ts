import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

// programs come from this machine, changes to them stay in the lab.
const PROGRAMS = ["usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"];
const FRESH = [
  ...["dev", "home", "mnt", "opt", "proc", "root", "run", "srv", "sys", "tmp", "local/bin", "local/sbin", "local/lib"],
  ...["local/share", "local/etc", "var/cache", "var/lib/cloud/instance/scripts", "var/log", "var/spool", "var/tmp"],
];

// the client of the service manager, at the places where programs look for systemctl.
const SYSTEMCTL = `#!/usr/bin/python3 -IS
import json, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect("/run/systemctl.socket")
s.sendall((json.dumps(sys.argv[1:]) + "\\n").encode())
answer = json.loads(s.makefile().readline())
if answer["text"]:
    print(answer["text"], file=sys.stderr if answer["code"] else sys.stdout)
sys.exit(answer["code"])
`;

// the kernel is this machine's: what it cannot do shows where it is used.
const MODPROBE = "#!/bin/sh\nexit 0\n";

/**
 * Mounts what a machine sees, and returns its root: a disk of its own, with this machine's programs. Of the kernel's
 * settings it may change those of its own network; of the others it gets a copy.
 */
export function mountDisk(folder: string, again: boolean): string {
  const [disk, root] = [join(folder, "disk"), join(folder, "root")];
  if (!again) format(disk, folder);
  mkdirSync(root, { recursive: true });
  const programs = PROGRAMS.filter((name) => existsSync(join(disk, name)) && !linked(name));
  sh(
    folder,
    `mount --bind "$LAB/disk" "$LAB/root"
     cd "$LAB/root"
     for name in ${programs.join(" ")}; do
       ${mayOverlay() ? 'mount -t overlay lab -o "lowerdir=/$name,upperdir=$LAB/upper/$name,workdir=$LAB/work/$name" $name' : "mount --rbind /$name $name"}
     done
     mount --rbind local usr/local
     for program in bin/systemctl sbin/modprobe; do
       test ! -e "usr/$program" || mount --bind "local/$program" "usr/$program"
     done
     mount -t tmpfs run run; mount -t tmpfs tmp tmp; mount --rbind /dev dev; mount -t proc proc proc
     mount --bind proc/sys proc/sys; mount -o remount,bind,ro proc/sys; mount --bind /proc/sys/net proc/sys/net
     mount -t sysfs sysfs sys || mount --rbind /sys sys
     for part in vm kernel fs; do
       mkdir "tmp/$part"; cp -r "/proc/sys/$part/." "tmp/$part/" 2>/dev/null || true
       mount --bind "tmp/$part" "proc/sys/$part"
     done
     ip link set lo up`,
  );
  return root;
}

/** Lays the disk of a fresh image out. */
function format(disk: string, folder: string): void {
  for (const name of FRESH) mkdirSync(join(disk, name), { recursive: true });
  for (const name of PROGRAMS.filter((one) => existsSync(`/${one}`))) {
    if (linked(name)) symlinkSync(readlinkSync(`/${name}`), join(disk, name));
    else for (const part of ["disk", "upper", "work"]) mkdirSync(join(folder, part, name), { recursive: true });
  }
  // nothing that this machine has enabled or set counts.
  sh(disk, `mkdir -p "$LAB/etc"; cp -r --preserve=mode,links /etc/. "$LAB/etc/" 2>/dev/null || true`);
  for (const name of ["systemd/system", "sysctl.d", "sysctl.conf", "resolv.conf"]) {
    rmSync(join(disk, "etc", name), { recursive: true, force: true });
  }
  for (const name of ["etc/systemd/system", "etc/sysctl.d"]) mkdirSync(join(disk, name), { recursive: true });
  writeFileSync(join(disk, "local/bin/systemctl"), SYSTEMCTL, { mode: 0o755 });
  writeFileSync(join(disk, "local/sbin/modprobe"), MODPROBE, { mode: 0o755 });
}

function linked(name: string): boolean {
  return readdirSync("/", { withFileTypes: true }).some((entry) => entry.name === name && entry.isSymbolicLink());
}

/** Whether this is the machine's own administrator, to whom its files belong. */
function mayOverlay(): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync("/proc/self/uid_map", "utf8"));
}

function sh(folder: string, script: string): void {
  execFileSync("sh", ["-ec", script], { env: { ...process.env, LAB: folder }, stdio: ["ignore", 2, 2] });
}
