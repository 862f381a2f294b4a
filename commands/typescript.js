// `node -r ./commands/typescript file.ts` runs TypeScript without checking types and without source maps; sucrase keeps
// every line where it was. A module is loaded when something of it is used first: one deployment needs two thirds of azurerm. What it
// made is kept under the digest of this file and of its source, so a changed source is never run stale.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const digest = (text) => createHash("sha256").update(text).digest("hex");
const maker = `${require("sucrase/package.json").version}-${digest(readFileSync(module.filename)).slice(0, 16)}`;
const cache = join(__dirname, "..", "node_modules", ".cache", "typescript", maker);

require.extensions[".ts"] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, "utf8")), filename);
};

function compiled(source) {
  const kept = join(cache, `${digest(source)}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = require("sucrase").transform(source, {
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
    });
    const made = lazily(code);
    keep(kept, made);
    return made;
  }
}

/** Loads what is imported by names at its first use; what is taken as a whole stays as it is. */
function lazily(code) {
  return code.replace(/\bvar (_\w+) = (require\('[^']+'\));/g, (eager, name, load) =>
    code.includes(`(${name})`)
      ? eager
      : `var ${name} = new Proxy({}, { get: (own, key) => (own.module ??= ${load})[key] });`,
  );
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
