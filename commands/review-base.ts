import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotReviewable } from "../review/read/not-reviewable";

/** The project's folder, whose commits are compared. */
export const ROOT = join(__dirname, "..");

function git(...words: string[]): { readonly status: number; readonly out: Buffer; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync("git", words, { cwd: ROOT, maxBuffer: 1024 * 1024 * 1024 });
  if (error)
    throw new NotReviewable(`git cannot be run: ${error.message}; compare two files with --before and --after`);
  return { status: status ?? 1, out: stdout, said: stderr.toString("utf8").trim() };
}

/** The commit where the change began: what it and the base have in common; undefined for `none`. */
export function baseCommit(base: string): string | undefined {
  if (base === "none") return undefined;
  const names = base === "" ? ["origin/main", "main", "HEAD"] : [base];
  const found = names.find((name) => git("rev-parse", "--verify", "--quiet", `${name}^{commit}`).status === 0);
  if (found === undefined) {
    throw new NotReviewable(
      `there is no commit ${names.join(" or ")} in this checkout; name one with --base, and fetch it first where the checkout is shallow`,
    );
  }
  const { status, out } = git("merge-base", found, "HEAD");
  return (status === 0 ? out : git("rev-parse", `${found}^{commit}`).out).toString("utf8").trim();
}

/** The files of a commit below these folders, in a folder of their own that is gone when the process ends. */
export function filesOf(commit: string | undefined, folders: readonly string[]): string {
  const target = mkdtempSync(join(tmpdir(), "apim-private-link-base-"));
  process.on("exit", () => rmSync(target, { recursive: true, force: true }));
  if (commit === undefined) return target;
  const there = folders.filter((folder) => git("cat-file", "-e", `${commit}:./${folder}`).status === 0);
  if (there.length === 0) return target;
  const { status, out, said } = git("archive", "--format=tar", commit, "--", ...there);
  if (status !== 0) throw new NotReviewable(`git archive ${commit}: ${said}`);
  const unpacked = spawnSync("tar", ["-x", "-C", target], { input: out });
  if (unpacked.status !== 0) throw new NotReviewable(`tar cannot unpack ${commit}: ${String(unpacked.stderr)}`);
  return target;
}

/** How two files differ, as people read it. */
export function fileDiff(before: string, after: string, name: string): string {
  const { out } = git("diff", "--no-index", "--no-color", "--no-ext-diff", "--", before, after);
  const lines = out.toString("utf8").split("\n");
  const from = lines.findIndex((line) => line.startsWith("@@"));
  return from < 0 ? "" : [`--- ${name}`, `+++ ${name}`, ...lines.slice(from)].join("\n");
}
