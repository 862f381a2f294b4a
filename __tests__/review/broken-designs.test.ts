import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inBalancer } from "../../lab/broken/balancer-breakages";
import { inNames } from "../../lab/broken/name-breakages";
import { inNetwork } from "../../lab/broken/network-breakages";
import { inPrivateLink } from "../../lab/broken/private-link-breakages";
import { DEPLOYMENTS, synthesizeInto } from "../../commands/synthesized";
import { findingsOf } from "../../review/findings/findings";
import { planned } from "../../review/plan/plan";
import { stackOf, stacksIn } from "../../review/read/stacks";

/** What the lab finds in a design that is made so, and no change to it brings about: connections that are there stay. */
const ONLY_FOR_NEW_CONNECTIONS = ["the connection waits for approval", "the service is visible to others only"];

describe("a change that makes a design one in which the lab finds a broken hop", () => {
  const work = mkdtempSync(join(tmpdir(), "apim-private-link-broken-designs-"));
  synthesizeInto(work, join(DEPLOYMENTS, "quickstart.yaml"), {});
  const healthy = stacksIn(work);
  afterAll(() => rmSync(work, { recursive: true, force: true }));
  const all = [...inNetwork, ...inBalancer, ...inPrivateLink, ...inNames];

  test.each(all)("$name: the review says that somebody is cut off, or that it is refused", ({ name, apply }) => {
    const broken = Object.fromEntries([...healthy].map(([stack, { json }]) => [stack, structuredClone(json)]));
    apply(broken);
    const after = new Map(Object.entries(broken).map(([stack, json]) => [stack, stackOf(stack, json)]));
    const kinds = findingsOf(planned(healthy, after)).map(({ kind }) => kind);
    const said = kinds.includes("cut") || kinds.includes("refused");
    expect(said).toBe(!ONLY_FOR_NEW_CONNECTIONS.includes(name));
  });
});
