import { Token } from "cdktf";
import { backendPort, frontendPort, portCountProblem } from "../../lib/azure/ports";

const TOKEN = Token.asNumber({ resolve: () => 443 });
const many = (length: number) => Array.from({ length }, (_, index) => index + 1);

describe("a port", () => {
  it.each([1, 443, 65534, TOKEN])("of a front end can be %d", (port) => {
    expect(frontendPort(port)).toBeUndefined();
  });

  it.each([0, 65535, -1, 1.5, NaN])("of a front end fails on %d", (port) => {
    expect(frontendPort(port)).toBe(`must be a whole number from 1 to 65534, got ${port}`);
  });

  it.each([1, 65535, TOKEN])("behind it can be %d", (port) => {
    expect(backendPort(port)).toBeUndefined();
  });

  it.each([0, 65536])("behind it fails on %d", (port) => {
    expect(backendPort(port)).toBe(`must be a whole number from 1 to 65535, got ${port}`);
  });
});

describe("ports", () => {
  it("can be three hundred", () => {
    expect(portCountProblem(many(300))).toBeUndefined();
  });

  it("fail on one more", () => {
    expect(portCountProblem(many(301))).toBe(
      "must be at most 300 ports, the rules that one network interface can have, got 301",
    );
  });
});
