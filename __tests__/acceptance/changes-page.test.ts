import { readFileSync } from "node:fs";
import { CHANGES_PAGE, changesPage } from "../../commands/changes-page";

describe("docs/changes.md (stale? run `npm run changes:page` and review the diff)", () => {
  it("is what the review says of a change of each key", () => {
    expect(readFileSync(CHANGES_PAGE, "utf8")).toBe(changesPage());
  });
});
