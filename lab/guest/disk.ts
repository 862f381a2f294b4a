import { readdirSync, statSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { must } from "../shell";

// where what is there belongs to the machine's programs and not to what they remember.
const KEPT = ["etc", "usr", "opt", "srv"];

/** A machine's disk: a layer over the tree, on memory of its own. */
export class Disk {
  constructor(private readonly folder: string) {}

  /** The folder of what is on it beside the tree. */
  get files(): string {
    return join(this.folder, "files");
  }

  /** Leaves room for one small file. */
  async fill(): Promise<void> {
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    await this.resize(String((blocks - bfree + 1) * bsize));
  }

  /** Leaves room for everything again. */
  async free(): Promise<void> {
    await this.resize("50%");
  }

  /** Each file that the machine did not come with, or that is another one by now, with what changes when it is written. */
  written(): Map<string, string> {
    const found = KEPT.flatMap((top) => below(join(this.folder, "files"), top));
    return new Map(
      found.map((path) => {
        const { ino, mtimeMs, size } = statSync(join(this.files, path));
        return [`/${path}`, `${ino} ${mtimeMs} ${size}`];
      }),
    );
  }

  private async resize(size: string): Promise<void> {
    await must(["mount", "-o", `remount,size=${size}`, this.folder]);
  }
}

function below(root: string, top: string): string[] {
  try {
    return readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  } catch {
    return [];
  }
}
