import fc from "fast-check";
import { outcome } from "./hostile";
import { timed } from "./synthesized";

/** Nothing but a deployment or a refusal in words comes of a file, soon enough even where the machine is busy. */
export function holds(content: unknown): void {
  const { took, value } = timed(() => outcome(content));
  expect(took).toBeLessThan(3_000);
  const { refused } = value;
  if (refused === undefined) return;
  expect(refused.length).toBeLessThan(8_000);
  expect(refused).not.toMatch(/undefined|\[object|circular|maxAliasCount|call stack|implicit|flow |YAML\.parse|zod/i);
}

/** How many cases a property is tried with. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 700);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

process.stdout.write(`FUZZ_SEED=${SEED} repeats these cases\n`);

/** Tries a property with cases that its seed repeats. */
export function always<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void, numRuns = RUNS): void {
  fc.assert(fc.property(arbitrary, property), { numRuns, seed: SEED, verbose: 1 });
}
