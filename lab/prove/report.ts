import { Break } from "../read/chain";

/** One thing that was to be proved. */
export interface Proof {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly seconds: number;
  readonly broken?: Break;
}

/** What a proof found out: a text when it holds, the broken hop when it does not. */
export type Outcome = string | Break;

/** What became of requests while something was changed. */
export interface ChangeFigures {
  /** New connections. */
  readonly requests: number;
  readonly failed: number;
  /** The longest time without an answer to a new connection, in seconds. */
  readonly longestGap: number;
  /** Requests over kept connections. */
  readonly kept: number;
  /** Those of them that failed although their machine stayed. */
  readonly torn: number;
  /** Those of them whose machine was deleted or switched off, which no connection outlives. */
  readonly ended: number;
}

/** What consumers are told to expect of a change. */
export interface Announcement {
  /** Whether everything may stop for a while, and not only some machines of several. */
  readonly cut: boolean;
  readonly why: string;
}

/** Collects what the lab finds out, and prints it for people while it goes on. */
export class Report {
  readonly proofs: Proof[] = [];
  readonly hops: string[] = [];
  /** What a change did to traffic, where one was made. */
  change?: ChangeFigures & { /** What consumers were told to expect. */ readonly announced: readonly string[] };

  constructor(
    private readonly deployment: string,
    private readonly json: boolean,
  ) {}

  /** A line about the way. */
  hop(line: string): void {
    this.hops.push(line);
    this.print(`    ${line}`);
  }

  /** A line about what goes on. */
  print(line: string): void {
    if (!this.json) console.log(line);
  }

  /** Runs one proof; an error in it is a failure of it. */
  async prove(name: string, proof: () => Promise<Outcome>): Promise<boolean> {
    const started = Date.now();
    const outcome = await proof();
    const ok = typeof outcome === "string";
    const detail = ok ? outcome : `${outcome.hop}: ${outcome.why}`;
    const seconds = Math.round((Date.now() - started) / 100) / 10;
    this.proofs.push({ name, ok, detail, seconds, ...(ok ? {} : { broken: outcome }) });
    this.print(`${ok ? "ok    " : "BROKEN"} ${name}: ${detail}`);
    return ok;
  }

  /** The first broken hop. */
  get broken(): Break | undefined {
    return this.proofs.find(({ ok }) => !ok)?.broken;
  }

  /** Prints the end and returns the exit code: 0 only when something was proved and all of it holds. */
  finish(seconds: number): number {
    const ok = this.proofs.length > 0 && this.broken === undefined;
    if (this.json) {
      const { deployment, broken, proofs, hops, change } = this;
      console.log(
        JSON.stringify(
          { deployment, ok, brokenHop: broken?.hop, why: broken?.why, seconds, change, proofs, hops },
          null,
          2,
        ),
      );
      return ok ? 0 : 1;
    }
    const width = Math.max(...this.proofs.map(({ name }) => name.length));
    console.log(`\n${this.deployment}`);
    for (const proof of this.proofs) {
      console.log(
        `  ${proof.ok ? "ok    " : "BROKEN"}  ${proof.name.padEnd(width)}  ${String(proof.seconds).padStart(5)} s  ${proof.detail}`,
      );
    }
    const verdict = this.broken ? `broken hop: ${this.broken.hop} (${this.broken.why})` : "the design works";
    console.log(`\n${verdict}, ${seconds} s`);
    return ok ? 0 : 1;
  }
}
