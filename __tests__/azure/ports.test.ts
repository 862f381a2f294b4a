import { Token } from "cdktf";
import { frontendPort } from "../../lib/azure/ports";

const TOKEN = Token.asNumber({ resolve: () => 443 });

describe("a port of a front end", () => {
  it.each([1, 443, 65534, TOKEN])("can be %d", (port) => {
    expect(frontendPort(port)).toBeUndefined();
  });

  it.each([0, 65535, -1, 1.5, NaN])("fails on %d", (port) => {
    expect(frontendPort(port)).toBe(`must be a whole number from 1 to 65534, got ${port}`);
  });
});
