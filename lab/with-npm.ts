import { readFileSync } from "node:fs";

/**
 * Ends this program, as SIGTERM does, once npm is gone: npm passes a signal on to its shell, which dies of it and passes
 * none on; where npm is killed the shell stays.
 */
export function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const before = above();
  const watch = setInterval(() => {
    if (above() === before) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

/** The shell that npm called this program by, and npm, as numbers of processes. */
function above(): string {
  try {
    const [, npm = ""] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${process.ppid}/status`, "utf8")) ?? [];
    return `${process.ppid} ${npm}`;
  } catch {
    return "gone";
  }
}
