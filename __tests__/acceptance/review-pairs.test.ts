import { pairNames, pairOf } from "../../commands/pairs";
import { reviewed } from "../../review/report/review";

describe("what the review finds (wanted otherwise? read the report, then say so in review/prove/pairs.yaml)", () => {
  it.each(pairNames())("%s", (name) => {
    const { before, after, says } = pairOf(name);
    const { findings } = reviewed({ file: "case", before, after });
    expect([...new Set(findings.map(({ kind, stack }) => `${kind} ${stack}`))].sort()).toEqual([...says].sort());
  });

  it("nothing in the other direction, where nothing changes", () => {
    const { before } = pairOf("the load balancer's name");
    expect(reviewed({ file: "case", before, after: before }).findings).toEqual([]);
  });
});
