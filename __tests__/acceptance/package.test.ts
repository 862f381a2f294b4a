import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { comparable } from "../support/comparable";
import { shipped, synthesized, Terraform } from "../support/synthesized";

const ROOT = join(__dirname, "..", "..");
const NAME = "apim-private-link";

// npm, and the compiler twice.
jest.setTimeout(300_000);

let app: string;
let installed: string;
let packed: string[];
beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), "apim-private-link-app-"));
  installed = join(app, "node_modules", NAME);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", app], { cwd: ROOT });
  const tarball = join(app, readdirSync(app).find((file) => file.endsWith(".tgz")) ?? "");
  packed = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trimEnd().split("\n");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components", "1"]);
  link(Object.keys({ ...manifest().dependencies, ...manifest().peerDependencies }));
});
afterAll(() => rmSync(app, { recursive: true, force: true }));

/** Gives the app these packages of the repository, and no others. */
function link(names: readonly string[]): void {
  for (const name of names) {
    const place = join(app, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), place, "junction");
  }
}

function manifest(): Terraform {
  return JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
}

/** What a command says in the app's folder, or else what it is told. */
function run(...words: string[]): string {
  const env = { PATH: process.env.PATH ?? "", CDKTF_OUTDIR: join(app, "cdktf.out") };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: app, env, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

describe("the package", () => {
  it("holds compiled JavaScript, its types and the files of the guests, and nothing else of the repository", () => {
    const kinds = packed.map((path) => (path.endsWith(".d.ts") ? ".d.ts" : extname(path)));
    expect(kinds.filter((kind) => kind === ".ts")).toEqual([]);
    expect(packed.filter((path) => !path.startsWith("package/dist/") && !/\.(md|json)$/.test(path))).toEqual([]);
    const guests = readdirSync(join(ROOT, "lib/guest"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, "lib").length));
    expect(guests).toHaveLength(10);
    expect(packed).toEqual(expect.arrayContaining(guests.map((path) => `package/dist${path}`)));
  });

  it("says where its JavaScript and its types are, to old resolvers and new ones", () => {
    const { main, types, exports } = manifest();
    const entry = { default: `./${main}`, types: `./${types}` };
    expect(exports).toEqual({ ".": entry, "./package.json": "./package.json" });
    expect([main, types].filter((path) => !existsSync(join(installed, path as string)))).toEqual([]);
  });
});

/** What runs in machines, line by line, whatever the names of the values that lines are taken from. */
function payloads({ locals = {} }: Terraform): unknown[] {
  const lines = Object.values(locals as object).filter((value) => Array.isArray(value));
  return JSON.parse(JSON.stringify(lines).replaceAll(/local\.\w+/g, "local")) as unknown[];
}

describe("an app that composes both sides by hand", () => {
  let stacks: Record<string, Terraform>;
  const file = synthesized(shipped("quickstart"));

  beforeAll(() => {
    copyFileSync(join(ROOT, "docs/examples/by-hand.ts"), join(app, "by-hand.ts"));
    const misuse = [
      `import type { PrivateLinkServiceSettings, ForwarderVmSettings } from "${NAME}";`,
      "// @ts-expect-error the key is natIpCount",
      "export const misspelt: PrivateLinkServiceSettings = { natIPCount: 2 };",
      "// @ts-expect-error a disk that no operating system's is",
      'export const unknown: ForwarderVmSettings = { osDiskType: "UltraSSD_LRS" };',
    ];
    writeFileSync(join(app, "misuse.ts"), misuse.join("\n"));
    const compilerOptions = { target: "ES2022", module: "node16", strict: true, skipLibCheck: true, types: [] };
    writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["by-hand.ts", "misuse.ts"] }));
    expect(run(join(ROOT, "node_modules/typescript/bin/tsc"))).toBe("");
    expect(run("by-hand.js")).toBe("");
    stacks = Object.fromEntries(
      ["provider", "consumer"].map((stack) => [
        stack,
        JSON.parse(readFileSync(join(app, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8")),
      ]),
    );
  });

  it.each([
    ["provider", "provider", 21],
    ["consumer", "consumer-external", 14],
  ])("makes the %s's Terraform that a deployment file makes", (byHand, fromFile, count) => {
    const [actual, expected] = [stacks[byHand] as Terraform, file[fromFile] as Terraform];
    // that the other stack is there is asked by a deployment's stacks, which know of each other.
    for (const endpoint of Object.values((expected.resource.azurerm_private_endpoint ?? {}) as object)) {
      delete endpoint.lifecycle.precondition;
    }
    expect(comparable(actual, "resource")).toHaveLength(count);
    expect(comparable(actual, "resource")).toEqual(comparable(expected, "resource"));
    // who waits for an answer is told by outputs, which are the stacks' own.
    expect(comparable(actual, "data")).toEqual(
      comparable(expected, "data").filter(
        (text) => !text.startsWith("azurerm_private_link_service_endpoint_connections"),
      ),
    );
    expect(payloads(actual)).toEqual(payloads(expected));
    expect(actual.provider).toEqual(expected.provider);
  });

  it("connects to the service by its id", () => {
    const output = /outputs\.([\w-]+)/.exec(JSON.stringify(stacks.consumer?.resource.azurerm_private_endpoint))?.[1];
    expect(stacks.provider?.output[output ?? ""].value).toMatch(/^\$\{azurerm_private_link_service\.\w+\.id\}$/);
  });

  it("takes the same versions of azurerm, not the one that its bindings were made of", () => {
    for (const stack of Object.values(stacks)) {
      expect(stack.terraform.required_providers.azurerm.version).toBe(">= 4.62.0, < 5.0.0");
    }
  });
});
