import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { synthesizeInto } from "../synthesized";
import { said, terraformWith, UNREAL } from "../terraform";
import { Content } from "../edited";
import { Answered } from "./estate";

/** Something that Terraform did or means to do to a resource. */
export interface Action {
  readonly address: string;
  readonly action: string;
}

/** When something was done to a resource. */
export interface Moment extends Action {
  readonly at: "start" | "end";
}

const work = mkdtempSync(join(tmpdir(), "apim-private-link-changes-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

// one folder of providers for all, so that azurerm is unpacked once.
const plugins = join(work, "plugins");
mkdirSync(plugins);
const run = terraformWith({
  ...UNREAL,
  TF_PLUGIN_CACHE_DIR: plugins,
  TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
});

/** A deployment file in a folder of its own, with the states of its stacks. */
export class Applied {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Nothing yet. */
  static none(): Applied {
    return new Applied(mkdtempSync(join(work, "deployment-")));
  }

  /** The same deployment in the same state, to be changed on its own. */
  copy(): Applied {
    const copy = Applied.none();
    cpSync(this.folder, copy.folder, { recursive: true });
    return copy;
  }

  /** Writes what a deployment file becomes, and returns the stacks in order. */
  synthesize(content: Content): string[] {
    // states are kept beside the output, whatever the file says.
    const file = join(this.folder, "deployment.yaml");
    writeFileSync(file, stringify({ ...content, state: undefined }));
    return synthesizeInto(join(this.folder, "cdktf.out"), file, {}).map(({ name }) => name);
  }

  /** Applies a stack and returns all that was done, in order. */
  apply(stack: string): Moment[] {
    this.initialize(stack);
    const log = this.terraform(stack, "apply", "-input=false", "-auto-approve", "-json");
    return log.split("\n").flatMap((line) => {
      const { type, hook } = JSON.parse(line || "{}") as { type?: string; hook?: Hook };
      if (hook === undefined || (type !== "apply_start" && type !== "apply_complete")) return [];
      return [
        { at: type === "apply_start" ? "start" : "end", address: hook.resource.addr, action: hook.action } as const,
      ];
    });
  }

  /** All that Terraform would do to a stack, in the order of addresses; reads are left out. */
  plan(stack: string): Action[] {
    this.initialize(stack);
    const file = join(this.folder, "plan");
    this.terraform(stack, "plan", "-input=false", `-out=${file}`);
    const { resource_changes: changes = [] } = JSON.parse(this.terraform(stack, "show", "-json", file)) as Plan;
    return changes
      .map(({ address, change }) => ({ address, action: change.actions.join(" then ") }))
      .filter(({ action }) => action !== "no-op" && action !== "read");
  }

  /** What Terraform says when a stack cannot be planned; undefined where it can. */
  refusal(stack: string): string | undefined {
    this.initialize(stack);
    const { code, stdout, stderr } = run(this.stackFolder(stack), "plan", "-input=false");
    return code === 0 ? undefined : `${stdout}${stderr}`;
  }

  /**
   * What Terraform complains of in a stack, case by case, when Azure answers so about things that exist; the stack is planned or applied
   * as if it were new, and its state is left alone.
   */
  complaints(stack: string, cases: readonly Pick<Answered, "command" | "answers">[]): string[][] {
    this.initialize(stack);
    const folder = this.stackFolder(stack);
    const { data = {} } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as { data?: Named };
    const known = Object.entries(data).flatMap(([type, all]) => Object.keys(all).map((name) => `data.${type}.${name}`));
    const files = cases.map((_, index) => `case-${index}.tftest.json`);
    cases.forEach(({ command, answers }, index) => {
      const overridden = Object.entries(answers).map(([beginning, values]) => {
        const target = known.find((address) => address.startsWith(beginning));
        if (target === undefined) throw new Error(`${stack} reads nothing that begins with ${beginning}`);
        return { target, values };
      });
      const test = { override_data: overridden, run: { only: { command } } };
      writeFileSync(join(folder, files[index] ?? ""), JSON.stringify(test));
    });
    const { stdout, stderr } = run(folder, "test", "-json");
    for (const file of files) rmSync(join(folder, file));
    const lines = stdout.split("\n").map((line) => JSON.parse(line || "{}") as TestLine);
    if (!lines.some(({ type }) => type === "test_summary"))
      throw new Error(`terraform test of ${stack}: ${stdout}${stderr}`);
    return files.map((file) =>
      lines
        .flatMap((line) => (line["@testfile"] === file && line.diagnostic ? [line.diagnostic] : []))
        .filter(({ summary }) => summary !== "Check block assertion known after apply")
        .map(({ detail }) => detail)
        .sort(),
    );
  }

  /** Puts another text in the place of one in a stack's state, as if Azure had answered so. */
  answer(stack: string, instead: RegExp, text: string): void {
    const states = readdirSync(join(this.folder, "state"), { recursive: true, encoding: "utf8" });
    const [state = ""] = states.filter((file) => file.endsWith(`/${stack}.tfstate`));
    const path = join(this.folder, "state", state);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(instead, text));
  }

  private initialize(stack: string): void {
    this.terraform(stack, "init", "-input=false");
  }

  private terraform(stack: string, command: string, ...words: string[]): string {
    return said(`${command} of ${stack}`, run(this.stackFolder(stack), command, ...words));
  }

  private stackFolder(stack: string): string {
    return join(this.folder, "cdktf.out", "stacks", stack);
  }
}

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface TestLine {
  readonly type?: string;
  readonly "@testfile"?: string;
  readonly diagnostic?: { readonly summary: string; readonly detail: string };
}

interface Hook {
  readonly resource: { readonly addr: string };
  readonly action: string;
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}
