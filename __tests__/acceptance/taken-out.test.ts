import { keyPair, plannedKeys } from "../../commands/changes-page";
import { factsOf } from "../../review/facts/facts";
import { Tree } from "../../review/read/stacks";

// an argument that Azure gives a value where it has none keeps the last one when it is left out again: whoever takes a key out of the
// file finds that nothing has changed. So such arguments are always written, or never.

/** The arguments of a resource with which Azure decides where they are left out, by their paths without places. */
function decidedByAzure(type: string, body: unknown, path = ""): string[] {
  if (Array.isArray(body)) return body.flatMap((one) => decidedByAzure(type, one, path));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    const inner = path === "" ? key : `${path}.${key}`;
    return [...(factsOf(type)?.arguments[inner]?.given ? [inner] : []), ...decidedByAzure(type, value, inner)];
  });
}

/** Every such argument in a deployment, with the address of its resource. */
function all(tree: Tree): Map<string, Set<string>> {
  return new Map(
    [...tree.values()].flatMap(({ name, json }) =>
      Object.entries((json.resource ?? {}) as Record<string, Record<string, unknown>>).flatMap(([type, labels]) =>
        Object.entries(labels).map(([label, body]): [string, Set<string>] => [
          `${name} ${type}.${label}`,
          new Set(decidedByAzure(type, body)),
        ]),
      ),
    ),
  );
}

describe("what is taken out of a file again", () => {
  it.each(plannedKeys())("goes: %s", (key) => {
    const { before, after } = keyPair(key);
    const [was, is] = [all(before), all(after)];
    const left = [...was].flatMap(([address, paths]) => {
      const others = is.get(address);
      return others === undefined
        ? []
        : [...paths].filter((path) => !others.has(path)).concat([...others].filter((path) => !paths.has(path)));
    });
    expect(left).toEqual([]);
  });
});
