import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { loadDeployment } from "../lib/deployment/load";
import { NotReviewable } from "../review/read/not-reviewable";
import { NOTHING, stacksIn, Tree } from "../review/read/stacks";
import { added } from "../review/report/accepted";
import { Compared } from "../review/report/review";
import { withRenames } from "./review-renames";
import { baseCommit, fileDiff, filesOf, ROOT } from "./review-base";
import { committedOf } from "./snapshots";
import { STAND_IN } from "./stand-in";
import { allDeployments, DEPLOYMENTS, deploymentsBelow, LIVE, synthesizeInto, teamDeployments } from "./synthesized";

const FOLDERS = [DEPLOYMENTS, LIVE, join(ROOT, "__tests__", "snapshots")].map((folder) => relative(ROOT, folder));

/** Two files, or two folders of synthesized Terraform, as a change. */
export function pairCompared(before: string, after: string): Compared {
  const [from, to] = [found(before), found(after)];
  const files = [from, to].every((path) => statSync(path).isFile());
  return {
    file: shownPath(to),
    // two files are two versions of one deployment, whatever they are called; a name in the file is what it is.
    before: treeOf(from, files && !isNamed(from) ? nameOf(to) : undefined),
    after: treeOf(to),
    diff: files ? fileDiff(from, to, basename(to)) : "",
    accepting: files ? added(readFileSync(from, "utf8"), readFileSync(to, "utf8")) : "",
  };
}

const isNamed = (file: string): boolean => /^name\s*:/m.test(readFileSync(file, "utf8"));
const nameOf = (file: string): string => loadDeployment(file, STAND_IN).name;

/** The chosen deployments, or all of them, between a commit and the working tree. */
export function sinceCommit(base: string, chosen: readonly string[]): Compared[] {
  const commit = baseCommit(base);
  const own = chosen.map((path) => relative(ROOT, absolute(path)));
  const old = filesOf(commit, [...FOLDERS, ...own.filter((path) => !path.startsWith(".."))]);
  const there = [...deploymentsBelow(join(old, FOLDERS[0] ?? "")), ...teamDeployments(join(old, FOLDERS[1] ?? ""))];
  const all = [
    ...new Set([...allDeployments().map((file) => relative(ROOT, file)), ...there.map((file) => relative(old, file))]),
  ];
  const files = own.length > 0 ? own : all.filter((file) => !isShipped(file) || changedBetween(old, file));
  const compared = files.sort().map((file): Compared => {
    const [before, after] = [join(old, file), join(ROOT, file)];
    if (!existsSync(before) && !existsSync(after)) {
      throw new NotReviewable(`${file} is neither in the working tree nor in ${(commit ?? "none").slice(0, 12)}`);
    }
    const text = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
    return {
      file,
      before: committedIn(old, file) ?? (existsSync(before) ? treeOf(before) : NOTHING),
      after: existsSync(after) ? treeOf(after) : NOTHING,
      diff: fileDiff(existsSync(before) ? before : "/dev/null", existsSync(after) ? after : "/dev/null", file),
      accepting: added(text(before), text(after)),
    };
  });
  return withRenames(compared);
}

const isShipped = (file: string): boolean => dirname(file) === relative(ROOT, DEPLOYMENTS);

/** Whether anything of a shipped deployment changed: examples that did not are not synthesized for nothing. */
function changedBetween(old: string, file: string): boolean {
  const text = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  if (text(join(old, file)) !== text(join(ROOT, file))) return true;
  const folder = relative(ROOT, committedOf(join(ROOT, file)).folder);
  const [before, after] = [stacksIn(join(old, folder)), stacksIn(join(ROOT, folder))];
  return [...new Set([...before.keys(), ...after.keys()])].some(
    (name) => before.get(name)?.text !== after.get(name)?.text,
  );
}

/** The committed Terraform that a commit has of a deployment. */
function committedIn(old: string, file: string): Tree | undefined {
  const folder = join(old, relative(ROOT, committedOf(join(ROOT, file)).folder));
  return existsSync(folder) ? stacksIn(folder) : undefined;
}

/** The stacks of a deployment file, or of a folder with synthesized Terraform. */
export function treeOf(path: string, name?: string): Tree {
  if (statSync(path).isDirectory()) {
    const tree = stacksIn(path);
    if (tree.size > 0) return tree;
    throw new NotReviewable(`${path} holds no synthesized Terraform: no manifest.json, no <stack>.json`);
  }
  const outdir = mkdtempSync(join(tmpdir(), "apim-private-link-review-"));
  const capture = Object.getOwnPropertyDescriptor(Error, "captureStackTrace") as PropertyDescriptor;
  // cdktf keeps where each token was made, which takes a third of the time and is not in the output.
  Error.captureStackTrace = () => undefined;
  try {
    synthesizeInto(outdir, path, STAND_IN, name);
    return stacksIn(outdir);
  } finally {
    Object.defineProperty(Error, "captureStackTrace", capture);
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A path as it was given: npm runs commands in the project's folder, wherever they are called from. */
export function absolute(path: string): string {
  const from = [process.env.INIT_CWD ?? "", process.cwd(), ROOT].map((folder) => resolve(folder, path));
  return from.find((one) => existsSync(one)) ?? resolve(ROOT, path);
}

/** Where a file or folder is that was given. */
export function found(path: string): string {
  const at = absolute(path);
  if (!existsSync(at)) throw new NotReviewable(`there is no file or folder ${path}`);
  return at;
}

/** What people call it. */
export function shownPath(path: string): string {
  const own = relative(ROOT, path);
  return own.startsWith("..") ? basename(path, extname(path)) : own;
}
