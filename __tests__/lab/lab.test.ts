import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Addresses, around, gatewayOf, overlapping, within } from "../../lab/read/ip";
import { merged } from "../../lab/read/json";
import { labOptions } from "../../lab/options";
import { stacksOf } from "../../commands/stacks";
import { addMissing, localName, referencePattern } from "../../lab/read/references";

describe("the lab", () => {
  it("names what is missing, and does not pass without it", () => {
    const root = join(__dirname, "..", "..");
    const words = ["-r", "./commands/typescript", "commands/lab.ts"];
    const { status, stderr } = spawnSync(process.execPath, words, {
      cwd: root,
      env: { PATH: "/none" },
      encoding: "utf8",
    });
    expect(stderr).toMatch(
      process.platform === "linux" ? /^the lab needs .*terraform: install .*Terraform$/m : /needs Linux/,
    );
    expect(status).toBe(2);
  });

  it("runs the quickstart unless told otherwise", () => {
    expect(labOptions([])).toEqual({
      deployment: "deployments/quickstart.yaml",
      json: false,
      keep: false,
      approve: false,
      hosts: false,
    });
    expect(labOptions(["a.yaml", "--json", "--keep"])).toMatchObject({ deployment: "a.yaml", json: true, keep: true });
    expect(() => labOptions(["a.yaml", "b.yaml"])).toThrow("one deployment at a time, got a.yaml b.yaml");
    expect(() => labOptions(["--fast"])).toThrow("there is no option --fast");
  });

  it("runs what DEPLOYMENT says when no file is named", () => {
    process.env.DEPLOYMENT = "other.yaml";
    try {
      expect(labOptions([]).deployment).toBe("other.yaml");
      expect(labOptions(["a.yaml"]).deployment).toBe("a.yaml");
    } finally {
      delete process.env.DEPLOYMENT;
    }
  });

  it.each([
    [
      "a folder without stacks",
      __dirname,
      `${__dirname} is a folder that nothing was synthesized into: it has no manifest.json`,
    ],
    ["a file that is not there", "nowhere.yaml", "there is no deployment nowhere.yaml"],
  ])("refuses %s", (_, path, message) => {
    expect(() => stacksOf(path, "unused")).toThrow(message);
  });
});

describe("addresses", () => {
  it("are handed out behind the four that Azure keeps, past those that are taken", () => {
    const addresses = new Addresses();
    addresses.take("s", "10.0.1.5");
    expect([1, 2].map(() => addresses.next("s", "10.0.1.0/29"))).toEqual(["10.0.1.4", "10.0.1.6"]);
  });

  it("fail when a subnet is full", () => {
    const addresses = new Addresses();
    const next = (): string => addresses.next("s", "10.0.1.0/29");
    expect([next(), next(), next()]).toEqual(["10.0.1.4", "10.0.1.5", "10.0.1.6"]);
    expect(next).toThrow("no address is left in 10.0.1.0/29");
  });

  it("lie in a subnet that is guessed so that it meets no other one", () => {
    expect(around("10.0.1.40", [])).toBe("10.0.1.0/24");
    expect(around("10.0.1.40", ["10.0.0.0/24"])).toBe("10.0.1.0/24");
    expect(around("10.0.1.40", ["10.0.1.0/27"])).toBe("10.0.1.32/27");
    expect(around("10.0.1.200", ["10.0.1.0/26"])).toBe("10.0.1.128/25");
    expect(around("10.0.1.40", ["10.0.1.32/28"])).toBe("10.0.1.40/32");
  });

  it("are compared as numbers", () => {
    expect(gatewayOf("10.0.1.0/24")).toBe("10.0.1.1");
    expect(within("10.0.0.0/16", "10.0.255.255")).toBe(true);
    expect(overlapping("10.0.0.0/16", "10.1.0.0/16")).toBe(false);
  });
});

describe("references", () => {
  it("lead to local values, the longer name first, and nothing else does", () => {
    const pattern = referencePattern(["azurerm_lb.A", "azurerm_lb.A-b", "data.azurerm_lb.A"]);
    const text = "${azurerm_lb.A.id} ${azurerm_lb.A-b.id} ${data.azurerm_lb.A.id} ${azurerm_lb.Ab.id}";
    expect(text.replace(pattern!, (address) => `<${address}>`)).toBe(
      "${<azurerm_lb.A>.id} ${<azurerm_lb.A-b>.id} ${<data.azurerm_lb.A>.id} ${azurerm_lb.Ab.id}",
    );
  });

  it("to attributes that nobody knows get a value to go on with", () => {
    const locals = { [localName("azurerm_x.A")]: { name: "n" } };
    const json = { a: "${azurerm_x.A.name} ${azurerm_x.A.list[0].id} ${[for i in azurerm_x.A.all : i]}" };
    addMissing(json, [{ address: "azurerm_x.A" }], locals);
    expect(Object.values(locals)[0]).toEqual({ name: "n", list: [{ id: "azurerm_x.A.list[0].id" }], all: [] });
  });

  it("see what is written before what Azure would answer", () => {
    expect(merged({ a: 1, l: [{ id: "i", b: 2 }] }, { a: null, l: [{ b: 3 }] })).toEqual({
      a: 1,
      l: [{ id: "i", b: 3 }],
    });
  });
});
