import { figuresOf, judged } from "../../lab/prove/change-figures";
import { TrafficCall } from "../../lab/prove/traffic-client";

const call = (at: number, rest: Partial<TrafficCall> = {}): TrafficCall => ({ at, ended: at + 10, ok: true, ...rest });

describe("the figures of a change", () => {
  it("count new connections since the change, and the longest time without an answer", () => {
    const calls = [call(0, { ok: false }), call(1_000), call(1_500, { ok: false }), call(3_400), call(3_500)];
    expect(figuresOf(calls, 1_000, new Set())).toEqual({
      ...{ requests: 4, failed: 1, longestGap: 2.4 },
      ...{ kept: 0, torn: 0, ended: 0 },
    });
  });

  it("tell connections that were torn from those that ended with their machine", () => {
    const calls = [
      ...[call(900, { kept: 1, from: "a" }), call(900, { kept: 2, from: "b" })],
      ...[call(1_000, { kept: 1, ok: false }), call(1_000, { kept: 2, ok: false })],
    ];
    expect(figuresOf(calls, 1_000, new Set(["a"]))).toMatchObject({ kept: 2, torn: 1, ended: 1 });
  });

  it("excuse no second failure: a connection that is made anew has to find a machine that is there", () => {
    const failing = [1_000, 1_100].map((at) => call(at, { kept: 1, ok: false }));
    const calls = [call(900, { kept: 1, from: "a" }), ...failing];
    expect(figuresOf(calls, 1_000, new Set(["a"]))).toMatchObject({ torn: 1, ended: 1 });
  });
});

describe("a change", () => {
  const figures = { requests: 100, failed: 0, longestGap: 0.2, kept: 500, torn: 0, ended: 4 };
  const told = "the longest gap 0.2 s; 500 requests over kept connections";

  it("holds when no request failed but over connections whose machine is gone", () => {
    expect(judged(figures, [])).toBe(
      `100 new connections, 0 failed, ${told}, 0 failed, 4 more ended with their machine`,
    );
  });

  it.each([{ failed: 1 }, { torn: 1 }])("is broken when requests fail that nobody announced: %j", (failing) => {
    expect(judged({ ...figures, ...failing }, [])).toEqual({
      hop: "forwarder",
      why: expect.stringContaining("although npm run review announces that nobody notices") as string,
    });
  });

  it("is reported with what was announced when a short cut was", () => {
    expect(judged({ ...figures, failed: 7 }, [{ cut: false, why: "`size` changes." }])).toBe(
      `100 new connections, 7 failed, ${told}, 0 failed, 4 more ended with their machine; announced: \`size\` changes.`,
    );
  });

  it.each([
    ["is broken when nobody answers for long, although only some machines were to stop", false, "object"],
    ["may have nobody answer for long where everything was to stop", true, "string"],
  ])("%s", (_, cut, outcome) => {
    expect(typeof judged({ ...figures, failed: 90, longestGap: 9 }, [{ cut, why: "Machines stop." }])).toBe(outcome);
  });
});
