import { batches, isRemade } from "../../lab/prove/change-order";
import { Forwarder } from "../../lab/read/model";

const nic = {
  ...{ address: "10.0.1.4", groups: [], ipForwarding: false, pools: [] },
  subnet: {
    ...{ id: "s", name: "s", prefix: "10.0.1.0/24", groups: [], routes: [], made: true, natPolicies: false },
    network: { id: "n", name: "n", addressSpace: ["10.0.0.0/16"], dnsServers: [] },
  },
};
const common = { customData: "data", scripts: ["script"], size: "small", origin: "one", nic };
const machine = (rest: Partial<Forwarder> = {}): Forwarder => ({ name: "vm", ...common, ...rest });
const upgrade = { percent: 20, pause: 30 };

describe("machines that change", () => {
  const turns = (count: number, percent?: number): number[] => {
    const policy = percent === undefined ? {} : { upgrade: { percent, pause: 0 } };
    const machines = Array.from({ length: count }, () => ({ forwarder: machine(policy) }));
    const found = batches(machines, count);
    expect(found.flat()).toEqual(found.length > 0 ? machines : []);
    return found.map(({ length }) => length);
  };

  it.each([
    ["virtual machines one after the other", 3, undefined, [1, 1, 1]],
    ["a scale set as its policy says", 10, 20, [2, 2, 2, 2, 2]],
    ["with what is left in the last turn", 5, 40, [2, 2, 1]],
    ["never less than one at a time", 3, 20, [1, 1, 1]],
    ["all at once where upgrades are automatic", 3, 100, [3]],
    ["none where somebody has to do it by hand", 3, 0, []],
    ["none where there is none", 0, 20, []],
  ])("take their turns: %s", (_, count, percent, sizes) => {
    expect(turns(count, percent)).toEqual(sizes);
  });

  it("are counted against the whole scale set, those that do not change included", () => {
    const two = [machine({ upgrade: { percent: 50, pause: 0 } }), machine()].map((forwarder) => ({ forwarder }));
    expect(batches(two, 4)).toHaveLength(1);
  });
});

describe("a machine", () => {
  it.each([
    ["stays as it is", {}, false],
    ["stays with another size: it is switched off and on", { size: "large" }, false],
    ["is made anew from another image", { origin: "two" }, true],
    ["stays with other data that its script brings", { customData: "other", scripts: ["other"] }, false],
    ["is made anew with other data that no script brings", { customData: "other" }, true],
    ["stays with other data that its scale set brings", { customData: "other", upgrade }, false],
    ["stays with another script", { scripts: [] }, false],
  ])("%s", (_, now, remade) => {
    expect(isRemade(machine(now), machine())).toBe(remade);
  });
});
