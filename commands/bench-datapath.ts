import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { STATUS_PATH } from "./lab/apim";
import { deploy } from "./lab/azure";
import { BULK_BYTES, Measured, Meter } from "./lab/bench/measures";
import { Path, Paths, withForwarders } from "./lab/bench/paths";
import { designOf } from "./lab/design";
import { Lab } from "./lab/lab";
import { FOLDER, furnish, isInside, obstacleToRun, runInside } from "./lab/sandbox";
import { stacksOf } from "./lab/stacks";
import { sleep } from "./lab/shell";

// `npm run bench:datapath [deployment]`: what a forwarder costs, as ratios to the way without one, in the lab. Every
// round measures one thing after another, each on every way in turn, so that a machine that slows down slows all ways;
// the medians count.

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 1);
const FORWARDERS = [1, 2, 4];
const OPEN = [10, 1_000, 20_000];

type Key = keyof Measured;

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

type Results = ReadonlyMap<Path, Readonly<Record<Key, number[]>>>;

async function compared(paths: Paths, meter: Meter, which: readonly Path[], rounds: number): Promise<Results> {
  const fresh = (): Record<Key, number[]> => ({ connections: [], requests: [], bulk: [], p50: [], p99: [] });
  const results = new Map(which.map((path) => [path, fresh()]));
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % 2 === 0 ? which : [...which].reverse();
    for (const measure of meter.measures) {
      for (const path of turn) {
        await paths.open(path);
        for (const [key, value] of Object.entries(await measure())) results.get(path)?.[key as Key].push(value);
      }
    }
    console.error(`round ${round + 1} of ${rounds}`);
  }
  return results;
}

function of(results: Results, path: Path, key: Key): number {
  return median(results.get(path)?.[key] ?? []);
}

function rated(results: Results, path: Path, key: Key, unit = 1): string {
  const value = of(results, path, key);
  return `${Math.round(value / unit).toLocaleString("en")} (${(value / of(results, "direct", key)).toFixed(2)})`;
}

function added(results: Results, path: Path, key: "p50" | "p99"): string {
  return `${Math.round(of(results, path, key) - of(results, "direct", key))} µs`;
}

function pathTable(results: Results): string[] {
  const name = (path: Path): string => {
    if (typeof path === "number") return `${path} forwarder${path > 1 ? "s" : ""}`;
    return { direct: "direct", router: "a plain router instead", relay: "user-mode relay (socat)" }[path];
  };
  const rows = [...results.keys()].map((path) => {
    const rates = [
      rated(results, path, "connections"),
      rated(results, path, "requests"),
      rated(results, path, "bulk", 1e6),
    ];
    return `| ${[name(path), ...rates, added(results, path, "p50"), added(results, path, "p99")].join(" | ")} |`;
  });
  return [
    "| way | new TLS connections/s | keep-alive requests/s | bulk MB/s | added p50 | added p99 |",
    "|---|---|---|---|---|---|",
    ...rows,
  ];
}

/** What connections that are open already, through the forwarder, cost the others. */
async function openTable(paths: Paths, meter: Meter): Promise<string[]> {
  const rows: string[] = [];
  for (const count of OPEN) {
    await paths.open(1);
    const close = await meter.hold(count);
    const results = await compared(paths, meter, ["direct", 1], Math.min(5, ROUNDS));
    await close();
    const rates = [rated(results, 1, "connections"), rated(results, 1, "requests"), rated(results, 1, "bulk", 1e6)];
    rows.push(
      `| ${[count.toLocaleString("en"), ...rates, added(results, 1, "p50"), added(results, 1, "p99")].join(" | ")} |`,
    );
    console.error(`${count} open connections`);
  }
  return [
    "| open connections, 1 forwarder | new TLS connections/s | keep-alive requests/s | bulk MB/s | added p50 | added p99 |",
    "|---|---|---|---|---|---|",
    ...rows,
  ];
}

async function inside(deployment: string): Promise<number> {
  furnish();
  const deployed = await deploy(`${FOLDER}/terraform`, stacksOf(deployment, `${FOLDER}/stacks`));
  const plain = designOf(deployed);
  const { subnet } = plain.forwarders[0]!.nic;
  const next = (): string => deployed.addresses.next(subnet.id, subnet.prefix);
  const lab = new Lab(FOLDER, withForwarders(plain, Math.max(...FORWARDERS), next), true, 3);
  const paths = new Paths(lab, next(), next());
  mkdirSync(join(FOLDER, "apim", "bulk"), { recursive: true });
  writeFileSync(join(FOLDER, "apim", "bulk", "file"), Buffer.alloc(BULK_BYTES));
  await lab.start();
  await lab.balancer.stop();
  await paths.prepare();
  await sleep(3_000);

  const meter = new Meter(lab, STATUS_PATH, SECONDS);
  const results = await compared(paths, meter, ["direct", "router", ...FORWARDERS, "relay"], ROUNDS);
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, \`npm run bench:datapath -- ${deployment}\``);
  console.log(`medians of ${ROUNDS} rounds of ${SECONDS} s; in brackets the ratio to the direct way\n`);
  console.log(pathTable(results).join("\n"));
  const versus = (["connections", "requests", "bulk"] as const).map(
    (key) => `${key} ${(of(results, 1, key) / of(results, "relay", key)).toFixed(1)}`,
  );
  console.log(`\nOne forwarder against the user-mode relay: ${versus.join(", ")} times.`);
  console.log(`\n${(await openTable(paths, meter)).join("\n")}`);
  await paths.close();
  await lab.stop();
  return 0;
}

function missing(): string | undefined {
  for (const program of ["wrk", "socat"]) {
    try {
      execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    } catch {
      return `the benchmark needs ${program} besides what the lab needs`;
    }
  }
  return obstacleToRun();
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (isInside()) return inside(words[0] ?? "deployments/quickstart.yaml");
  const obstacle = missing();
  if (obstacle === undefined) return runInside(__filename, words);
  console.error(obstacle);
  return 2;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
