import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { stringify, parse } from "yaml";
import { DEPLOYMENTS } from "./synthesized";

// `npm run bench:synth`: how long the app takes, against node loading the same packages and doing nothing with them.

const ROUNDS = 9;
const ROOT = join(__dirname, "..");

/** Every package file that the app imports. */
function imported(): string[] {
  const sources = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "lib", file), "utf8"));
  const names = sources.flatMap((source) => [...source.matchAll(/from "([^.][^"]*)"/g)].map((match) => match[1] ?? ""));
  return [...new Set(names)].sort();
}

function seconds(words: string[], env: Record<string, string>): number {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** A deployment file with so many consumers, ten in each subscription. */
function manyConsumers(count: number): string {
  const file = parse(readFileSync(join(DEPLOYMENTS, "many-consumers.yaml"), "utf8")) as Record<string, unknown>;
  const consumers = Array.from({ length: count }, (_, index) => ({
    name: `consumer-${index}`,
    subscriptionId: `00000000-0000-0000-0000-${String(1000 + Math.floor(index / 10)).padStart(12, "0")}`,
    location: "uksouth",
    resourceGroup: `rg-consumer-${index}`,
    network: { addressSpace: ["10.0.0.0/16"], subnet: { addressPrefix: "10.0.0.0/24" } },
  }));
  return stringify({ ...file, consumers });
}

const work = mkdtempSync(join(tmpdir(), "apim-private-link-bench-"));
try {
  const app = (JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { app: string }).app.split(" ").slice(1);
  const load = [
    "-e",
    imported()
      .map((name) => `require(${JSON.stringify(name)})`)
      .join(";"),
  ];
  const env = { DEPLOYMENT: join(DEPLOYMENTS, "quickstart.yaml"), CDKTF_OUTDIR: join(work, "out") };
  seconds(app, env);
  const pairs = Array.from({ length: ROUNDS }, () => ({ app: seconds(app, env), load: seconds(load, {}) }));
  writeFileSync(join(work, "many.yaml"), manyConsumers(1000));
  const many = seconds(app, { DEPLOYMENT: join(work, "many.yaml"), CDKTF_OUTDIR: join(work, "many") });

  console.log(`node ${process.version}, ${cpus().length} cores, median of ${ROUNDS} pairs`);
  console.log(`loading the packages         ${median(pairs.map((pair) => pair.load)).toFixed(2)} s`);
  console.log(`synthesizing the quickstart  ${median(pairs.map((pair) => pair.app)).toFixed(2)} s`);
  console.log(`ratio                        ${median(pairs.map((pair) => pair.app / pair.load)).toFixed(2)}`);
  console.log(`1,000 consumers              ${many.toFixed(1)} s`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
