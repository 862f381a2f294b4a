import { spawn } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const PROGRAM = `
  require("./commands/typescript");
  require("./lab/with-npm").endWithNpm();
  process.on("SIGTERM", () => { console.log("told to end"); process.exit(0); });
  setTimeout(() => { console.log("left alone"); process.exit(0); }, Number(process.env.PATIENCE));
  console.log("program", process.pid, "shell", process.ppid);
`;

/** Starts a program as npm does, by a shell that does nothing else, and kills one of those above it. */
async function said(whom: "npm" | "shell" | "nobody", lifecycle: NodeJS.ProcessEnv, end: string): Promise<string> {
  // a machine that is busy with something else may need long to see it.
  const patience = end === "left alone" ? 1_500 : 15_000;
  // the colons keep each shell from becoming what it starts.
  const shell = `"${process.execPath}" -e '${PROGRAM.replaceAll("\n", " ")}'; :`;
  const npm = spawn("sh", ["-c", `sh -c "$SHELL_LINE"; :`], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, SHELL_LINE: shell, PATIENCE: String(patience), ...lifecycle },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  npm.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    const [, own] = /shell (\d+)\n$/.exec(output) ?? [];
    if (own === undefined) return;
    if (whom === "npm") npm.kill("SIGKILL");
    if (whom === "shell") process.kill(Number(own), "SIGKILL");
  });
  // the program holds the pipe until it ends.
  await new Promise((resolve) => npm.once("close", resolve));
  return output.trim().split("\n").at(-1) ?? "";
}

describe("a lab that npm has started", () => {
  const lifecycle = { npm_lifecycle_event: "lab" };

  it.each([
    ["ends when the shell is killed", "shell", lifecycle, "told to end"],
    ["ends when npm is killed, whose shell stays", "npm", lifecycle, "told to end"],
    ["goes on while both are there", "nobody", lifecycle, "left alone"],
    ["goes on when npm did not start it", "shell", {}, "left alone"],
  ] as const)(
    "%s",
    async (_, whom, env, end) => {
      expect(await said(whom, env, end)).toBe(end);
    },
    30_000,
  );
});
