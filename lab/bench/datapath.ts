import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { STATUS_PATH } from "../build/apim";
import { FOLDER, furnish, obstacleToRun } from "../build/sandbox";
import { Lab } from "../lab";
import { deploy } from "../read/azure";
import { designOf } from "../read/design";
import { StackSource } from "../read/evaluate";
import { sleep } from "../shell";
import { BULK_BYTES, Measured, Meter } from "./measures";
import { Path, Paths, withForwarders } from "./paths";
import { Results, againstRelay, forwarderRow, table, wayRows, workRows } from "./results";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 1);
const FORWARDERS = [1, 2, 4];
const OPEN = [10, 1_000, 20_000];

type Way = Exclude<Path, "direct">;

async function compared(paths: Paths, meter: Meter, ways: readonly Way[], rounds: number): Promise<Results> {
  const results = new Results();
  for (let round = 0; round < rounds; round += 1) {
    for (const measure of meter.measures) {
      const on = async (path: Path): Promise<Partial<Measured>> => {
        await paths.open(path);
        return measure();
      };
      for (const path of ways) {
        const first = await on(round % 2 === 0 ? "direct" : path);
        const second = await on(round % 2 === 0 ? path : "direct");
        results.add(path, round % 2 === 0 ? { way: second, direct: first } : { way: first, direct: second });
      }
    }
    console.error(`round ${round + 1} of ${rounds}`);
  }
  return results;
}

/** What connections that are open already, through the forwarder, cost the others. */
async function openRows(paths: Paths, meter: Meter): Promise<string[][]> {
  const rows: string[][] = [];
  for (const count of OPEN) {
    await paths.open(1);
    const close = await meter.hold(count);
    const results = await compared(paths, meter, [1], ROUNDS);
    await close();
    rows.push(forwarderRow(count.toLocaleString("en"), results));
    console.error(`${count} open connections`);
  }
  return rows;
}

/**
 * Measures a deployment's forwarders, within the lab's namespaces, and prints the tables.
 *
 * @param stacksInto synthesizes the stacks into a folder
 */
export async function benchDatapath(
  deployment: string,
  stacksInto: (folder: string) => readonly StackSource[],
): Promise<number> {
  furnish();
  const deployed = await deploy(`${FOLDER}/terraform`, stacksInto(`${FOLDER}/stacks`));
  const plain = designOf(deployed);
  const { subnet } = plain.forwarders[0]!.nic;
  const next = (): string => deployed.addresses.next(subnet.id, subnet.prefix);
  const lab = new Lab(FOLDER, withForwarders(plain, Math.max(...FORWARDERS), next), {
    approveAll: true,
    apimWorkers: 3,
  });
  const paths = new Paths(lab, next(), next());
  mkdirSync(join(FOLDER, "apim", "bulk"), { recursive: true });
  writeFileSync(join(FOLDER, "apim", "bulk", "file"), Buffer.alloc(BULK_BYTES));
  await lab.start();
  await lab.balancer.stop();
  await paths.prepare();
  await sleep(3_000);

  const meter = new Meter(lab, STATUS_PATH, SECONDS);
  const results = await compared(paths, meter, ["router", ...FORWARDERS, "relay"], ROUNDS);
  const open = await openRows(paths, meter);
  await paths.close();
  await lab.stop();
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, \`npm run bench:datapath -- ${deployment}\``);
  console.log(`medians of ${ROUNDS} pairs of ${SECONDS} s; in brackets the ratio to the direct way\n`);
  console.log(`${table("way", wayRows(results))}\n`);
  console.log(`${table("work of the way itself", workRows(results), ["a new TLS connection", "a request"])}\n`);
  console.log(`${againstRelay(results)}\n`);
  console.log(table("1 forwarder, open connections", open));
  return 0;
}

/** What keeps the benchmark from running on this machine, as a message. */
export function obstacleToBench(): string | undefined {
  for (const program of ["wrk", "socat"]) {
    try {
      execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    } catch {
      return `the benchmark needs ${program} besides what the lab needs`;
    }
  }
  return obstacleToRun();
}
