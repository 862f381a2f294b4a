// `node -r ./commands/typescript file.ts` runs TypeScript without checking types and without source maps; sucrase keeps
// every line where it was. What it made is kept under the digest of its source, so a changed source is never run stale.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const cache = join(__dirname, "..", "node_modules", ".cache", "typescript", require("sucrase/package.json").version);

require.extensions[".ts"] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, "utf8")), filename);
};

function compiled(source) {
  const kept = join(cache, `${createHash("sha256").update(source).digest("hex")}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = require("sucrase").transform(source, {
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
    });
    keep(kept, code);
    return code;
  }
}

function keep(path, code) {
  try {
    mkdirSync(cache, { recursive: true });
    // whole or not at all, whoever else is writing.
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // a read-only folder costs time, nothing else.
  }
}
