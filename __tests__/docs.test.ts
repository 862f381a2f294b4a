import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "lab/README.md", "review/README.md"],
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

function all(page: string, pattern: RegExp): string[] {
  return Array.from(readFileSync(join(ROOT, page), "utf8").matchAll(pattern), ([, found]) => String(found));
}

describe.each(PAGES)("%s", (page) => {
  it("links to what is there", () => {
    const links = all(page, /\]\((?!https?:|#)([^)#]+)[^)]*\)/g).map((link) => join(ROOT, dirname(page), link));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it("names files that are there", () => {
    const files = all(page, /`((?:lib|lab|review|commands|__tests__|\.ci)\/[\w./-]+)`/g);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it("names commands that are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
    const commands = all(page, /npm run (?:--silent )?([\w:]+)/g);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });
});
