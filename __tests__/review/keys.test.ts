import { changedKeys } from "../../commands/changes-page";
import { settingKeys } from "../../commands/schema";

describe("review/prove/keys.yaml, from which docs/changes.md follows", () => {
  it("has a change of every key of the deployment file, each once", () => {
    expect([...changedKeys()].sort()).toEqual([...settingKeys()].sort());
  });
});
