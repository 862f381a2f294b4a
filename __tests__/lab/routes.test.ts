import { scriptsOf } from "../../lab/read/extensions";
import { Route, routeTo } from "../../lab/read/routes";

const route = (prefix: string, nextHop = "VirtualAppliance"): Route => ({
  name: prefix,
  prefix,
  nextHop,
  nextHopAddress: "",
});
const chosen = (...routes: Route[]): string | undefined =>
  routeTo({ routes, network: { addressSpace: ["10.0.0.0/16"] } }, "10.0.2.4")?.prefix;

describe("a route of a subnet", () => {
  it("counts when it is at least as long as Azure's own", () => {
    expect(chosen(route("0.0.0.0/0"))).toBeUndefined();
    expect(chosen(route("10.0.0.0/16"))).toBe("10.0.0.0/16");
    expect(chosen(route("10.0.0.0/16"), route("10.0.2.0/24"))).toBe("10.0.2.0/24");
    expect(chosen(route("10.0.0.0/16"), route("10.0.2.0/24", "VnetLocal"))).toBeUndefined();
    expect(chosen(route("10.0.3.0/24"))).toBeUndefined();
  });
});

describe("an extension", () => {
  it("has a script or a command, protected or not", () => {
    const script = Buffer.from("#!/bin/sh\n").toString("base64");
    expect(
      scriptsOf([{ protected_settings: JSON.stringify({ script }) }, { settings: '{"commandToExecute":"true"}' }]),
    ).toEqual(["#!/bin/sh\n", "true"]);
  });
});
