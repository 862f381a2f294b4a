import { ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

/** What a program did. */
export interface Ran {
  /** The exit code; 124 when it was stopped for taking too long. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface RunOptions {
  /** The network namespace; the lab's own, which leads nowhere, when it is left out. */
  readonly namespace?: string;
  readonly input?: string;
  readonly cwd?: string;
  /** Milliseconds until it is killed. */
  readonly timeout?: number;
}

/** The words that run a file of TypeScript, as all of the project's are run. */
export function typescript(file: string, ...words: readonly string[]): string[] {
  return [process.execPath, "-r", join(__dirname, "..", "commands", "typescript.js"), file, ...words];
}

/** The words that run a program in a network namespace. */
export function inNamespace(namespace: string | undefined, words: readonly string[]): string[] {
  return namespace === undefined ? [...words] : ["nsenter", `--net=/run/netns/${namespace}`, "--", ...words];
}

/** Runs a program to its end. */
export function run(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program = "", ...rest] = inNamespace(options.namespace, words);
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd: options.cwd, stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, options.timeout ?? 20_000);
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => undefined).end(options.input ?? "");
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ code: 127, stdout, stderr: error.message });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : (code ?? 1), stdout, stderr });
    });
  });
}

/** Runs a program that has to succeed, and returns what it printed. */
export async function must(words: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(words, options);
  if (code === 0) return stdout;
  const input = options.input === undefined ? "" : `\n--- input ---\n${options.input.slice(0, 3000)}`;
  throw new Error(`${words.join(" ")} ended with ${code} in ${options.namespace ?? "the lab"}: ${stderr}${input}`);
}

/** Starts a program that stays; its output goes to a file. */
export function stay(words: readonly string[], logFile: string, namespace?: string): ChildProcess {
  const [program = "", ...rest] = inNamespace(namespace, words);
  const log = openSync(logFile, "a");
  const child = spawn(program, rest, { stdio: ["ignore", log, log] });
  closeSync(log);
  child.on("error", () => undefined);
  return child;
}

/** Ends a program that stays, and waits until it is gone. */
export function end(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something holds, and says whether it came to hold in time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  milliseconds: number,
  pause = 100,
): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(pause);
  }
}
