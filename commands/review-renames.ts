import { object } from "../review/read/json";
import { Tree } from "../review/read/stacks";
import { Compared } from "../review/report/review";

/** Deployments of which one went and one came with mostly the same resources, as one whose file was renamed. */
export function withRenames(all: readonly Compared[]): Compared[] {
  const gone = all.filter(({ before, after }) => before.size > 0 && after.size === 0);
  const come = all.filter(({ before, after }) => before.size === 0 && after.size > 0);
  const renamed = come.flatMap((one) => {
    const old = gone.find(({ before }) => alike(before, one.after));
    return old
      ? [{ old, merged: { ...one, file: one.file, before: old.before, diff: `${old.diff ?? ""}\n${one.diff ?? ""}` } }]
      : [];
  });
  const replaced = new Map(renamed.map(({ merged }) => [merged.file, merged]));
  const left = new Set(renamed.map(({ old }) => old.file));
  return all.filter(({ file }) => !left.has(file)).map((one) => replaced.get(one.file) ?? one);
}

/** Whether most stacks make the same things. */
function alike(one: Tree, other: Tree): boolean {
  const text = (tree: Tree, name: string): string => JSON.stringify(object(tree.get(name)?.json.resource));
  const same = [...one.keys()].filter((name) => other.has(name) && text(one, name) === text(other, name)).length;
  return same > 0 && same * 2 >= one.size;
}
