import { planned } from "../../review/plan/plan";
import { mermaid } from "../../review/picture/mermaid";
import { dot } from "../../review/picture/svg";
import { drawingOf } from "../../review/picture/topology";
import { stackOf } from "../../review/read/stacks";
import { reviewed } from "../../review/report/review";
import { tree } from "./trees";

const HOSTILE = "a|b`c`<img src=x onerror=alert(1)>@everyone\n\n# heading\n--> </details> ${x} [l](javascript:x)";

describe("the picture", () => {
  it("takes hostile names as text", () => {
    const review = reviewed({
      file: "a.yaml",
      before: tree({}),
      after: tree({ azurerm_private_link_service: { P: { name: HOSTILE } } }),
    });
    expect(mermaid(review)).not.toMatch(/<img|`|@everyone|\$\{/);
    expect(dot(drawingOf(review))).not.toMatch(/[^\\]"<img/);
  });

  it("shows many consumers as few things", () => {
    const consumers = new Map(
      Array.from({ length: 300 }, (_, at) => [
        `consumer-c${at}`,
        stackOf(`consumer-c${at}`, { resource: { azurerm_private_endpoint: { E: { name: "pe" } } } }),
      ]),
    );
    const review = reviewed({ file: "a.yaml", before: consumers, after: consumers });
    expect(drawingOf(review).places[0]?.things).toHaveLength(1);
    expect(planned(consumers, consumers).change("consumer-c1")).toBe("none");
  });
});
