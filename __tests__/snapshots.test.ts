import { join, relative } from "node:path";
import { committed, leftovers, staleness } from "../commands/snapshots";

const ROOT = join(__dirname, "..");
// a team may have taken the examples away, and have no deployment of its own yet.
const all = committed().map((one): [string, typeof one] => [relative(ROOT, one.deployment), one]);

describe("the committed Terraform (stale? run `npm run snapshots` and review the diff)", () => {
  for (const [file, one] of all) {
    it(`is what ${file} becomes`, () => {
      expect(staleness(one)).toEqual([]);
    });
  }

  it("is of deployments that are there only", () => {
    expect(leftovers()).toEqual([]);
  });
});
