import { Token } from "cdktf";
import {
  addressPrefix,
  addressProblems,
  addressSpaceProblems,
  clientPrefix,
  inside,
  ipv4Address,
  overlap,
  roomProblems,
  subnetProblems,
  usableAddresses,
} from "../../lib/azure/ip";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("an address prefix", () => {
  it.each(["0.0.0.0/2", "10.0.0.0/8", "10.0.1.0/29", "172.16.4.0/22", "192.168.0.0/16", "100.64.0.0/10"])(
    "takes %s",
    (prefix) => {
      expect(addressPrefix(prefix)).toBeUndefined();
    },
  );

  it("takes what Terraform will compute", () => {
    expect(addressPrefix(TOKEN)).toBeUndefined();
  });

  it.each(["", "10.0.1.0", "10.0.1/24", "10.0.1.0/33", "10.0.1.256/24", "10.0.1.0/24 ", "fd00::/64", "ten"])(
    "fails on %j, which is none",
    (text) => {
      expect(addressPrefix(text)).toBe(`must be an IPv4 prefix such as 10.0.1.0/24, got ${shown(text)}`);
    },
  );

  it.each([
    ["10.0.1.5/24", "10.0.1.0/24"],
    ["10.0.1.8/28", "10.0.1.0/28"],
    ["10.1.0.0/8", "10.0.0.0/8"],
  ])("fails on %s, which begins within itself", (text, start) => {
    expect(addressPrefix(text)).toBe(`must begin at its own first address: ${start}, got "${text}"`);
  });

  it.each(["0.0.0.0/1", "0.0.0.0/0", "10.0.1.0/30", "10.0.1.0/32"])(
    "fails on %s, a size that Azure refuses",
    (text) => {
      expect(addressPrefix(text)).toBe(
        `must be between /2 and /29, the largest and the smallest that Azure takes, got "${text}"`,
      );
    },
  );

  it.each([
    ["224.0.0.0/8", "224.0.0.0/4"],
    ["239.1.0.0/16", "224.0.0.0/4"],
    ["255.255.255.0/24", "255.255.255.255/32"],
    ["127.1.0.0/16", "127.0.0.0/8"],
    ["169.254.0.0/16", "169.254.0.0/16"],
    ["168.63.129.0/24", "168.63.129.16/32"],
    ["168.0.0.0/8", "168.63.129.16/32"],
  ])("fails on %s, which holds addresses of Azure's", (text, refused) => {
    expect(addressPrefix(text)).toBe(`must not overlap ${refused}, which Azure keeps, got "${text}"`);
  });

  it.each(["223.255.255.0/24", "240.0.0.0/24", "126.0.0.0/8", "169.253.0.0/16", "168.63.128.0/24"])(
    "takes %s, beside what Azure keeps",
    (text) => {
      expect(addressPrefix(text)).toBeUndefined();
    },
  );
});

describe("an address", () => {
  it.each(["10.0.1.5", "0.0.0.0", "255.255.255.255", TOKEN])("takes %s", (text) => {
    expect(ipv4Address(text)).toBeUndefined();
  });

  it.each(["", "10.0.1", "10.0.1.5/32", "10.0.1.256", "010.0.1.5", " 10.0.1.5", "::1", "host"])(
    "fails on %j",
    (text) => {
      expect(ipv4Address(text)).toBe(`must be an IPv4 address such as 10.0.1.5, got ${shown(text)}`);
    },
  );
});

describe("inside and overlap", () => {
  it.each([
    ["10.0.1.0/24", "10.0.0.0/16", true, true],
    ["10.0.0.0/16", "10.0.1.0/24", false, true],
    ["10.0.1.0/24", "10.0.1.0/24", true, true],
    ["10.0.2.0/24", "10.0.1.0/24", false, false],
    ["10.0.1.128/25", "10.0.1.0/25", false, false],
  ])("judge %s and %s", (one, other, isInside, overlaps) => {
    expect(inside(one, other)).toBe(isInside);
    expect(overlap(one, other)).toBe(overlaps);
  });

  it("do not judge what is not known yet", () => {
    expect(inside(TOKEN, "10.0.0.0/8")).toBeUndefined();
    expect(inside("10.0.0.0/8", TOKEN)).toBeUndefined();
    expect(overlap(TOKEN, "10.0.0.0/8")).toBe(false);
  });
});

it.each([
  ["10.0.0.0/29", 3],
  ["10.0.0.0/28", 11],
  ["10.0.0.0/24", 251],
  [TOKEN, undefined],
])("a subnet %s has %p usable addresses", (prefix, count) => {
  expect(usableAddresses(prefix)).toBe(count);
});

describe("subnets of a network", () => {
  const named = (role: string, prefix: string) => ({ path: ["subnets", role, "addressPrefix"], addressPrefix: prefix });

  it("may fill it up, side by side", () => {
    const subnets = [named("one", "10.0.0.0/25"), named("two", "10.0.0.128/25"), named("three", "10.1.0.0/24")];
    expect(subnetProblems(subnets, ["10.0.0.0/24", "10.1.0.0/24"])).toEqual([]);
  });

  it("fails on one outside every prefix of the network", () => {
    expect(subnetProblems([named("one", "10.2.0.0/24")], ["10.0.0.0/24", "10.1.0.0/24"])).toEqual([
      {
        path: ["subnets", "one", "addressPrefix"],
        complaint: `must lie inside the virtual network's address space 10.0.0.0/24, 10.1.0.0/24, got "10.2.0.0/24"`,
      },
    ]);
  });

  it("fails on one that is larger than the network", () => {
    expect(subnetProblems([named("one", "10.0.0.0/23")], ["10.0.0.0/24"])).toHaveLength(1);
  });

  it("fails on every pair that overlaps, at the later one", () => {
    const subnets = [named("one", "10.0.0.0/24"), named("two", "10.0.0.128/25"), named("three", "10.0.0.0/25")];
    expect(subnetProblems(subnets, ["10.0.0.0/16"])).toEqual([
      {
        path: ["subnets", "two", "addressPrefix"],
        complaint: 'must not overlap 10.0.0.0/24 of the subnet one, got "10.0.0.128/25"',
      },
      {
        path: ["subnets", "three", "addressPrefix"],
        complaint: 'must not overlap 10.0.0.0/24 of the subnet one, got "10.0.0.0/25"',
      },
    ]);
  });

  it("are not judged against what is not known yet", () => {
    expect(subnetProblems([named("one", TOKEN), named("two", "10.0.0.0/24")], ["10.0.0.0/16"])).toEqual([]);
    expect(subnetProblems([named("one", "10.0.0.0/24")], [TOKEN])).toEqual([]);
  });
});

it("an address space fails on each prefix that overlaps an earlier one", () => {
  expect(addressSpaceProblems(["addressSpace"], ["10.0.0.0/16", "10.1.0.0/16", "10.0.4.0/24"])).toEqual([
    { path: ["addressSpace", 2], complaint: 'must not overlap 10.0.0.0/16, got "10.0.4.0/24"' },
  ]);
});

it("an address space fails once on a prefix that is listed twice, and not on what is not known yet", () => {
  expect(addressSpaceProblems([], ["10.9.0.5/32", TOKEN, TOKEN, "10.9.0.5/32"])).toEqual([
    { path: [3], complaint: 'must not overlap 10.9.0.5/32, got "10.9.0.5/32"' },
  ]);
});

describe("the source of a security rule", () => {
  it.each(["0.0.0.0/0", "10.9.0.0/16", "10.10.0.0/30", "10.11.0.0/31", "10.9.0.5/32", TOKEN])("can be %s", (prefix) => {
    expect(clientPrefix(prefix)).toBeUndefined();
  });

  it.each([
    ...["", "10.9.0.5", "10.9.0/24", "10.9.0.0/33", "10.9.0.0/24 ", "10.9.0.0/24,10.10.0.0/24", "fd00::/64", "*"],
    "10.9.0.5/24",
  ])("fails on %j", (prefix) => {
    expect(clientPrefix(prefix)).toBe(
      `must be an IPv4 prefix such as 10.9.0.0/16 or 10.9.0.5/32, at its own first address, got ${shown(prefix)}`,
    );
  });
});

describe("the room in a subnet", () => {
  const subnet = { path: ["prefix"], addressPrefix: "10.0.0.0/29" };

  it.each([0, 3])("is enough for %d addresses", (needed) => {
    expect(roomProblems(subnet, needed, "things")).toEqual([]);
  });

  it("fails on one address too many", () => {
    expect(roomProblems(subnet, 4, "things")).toEqual([
      {
        path: ["prefix"],
        complaint: "must have room for 4 addresses (things); 10.0.0.0/29 has 3 beside the 5 that Azure keeps",
      },
    ]);
  });

  it("is not judged before it is known", () => {
    expect(roomProblems({ path: [], addressPrefix: TOKEN }, 400, "things")).toEqual([]);
  });
});

describe("addresses of a subnet", () => {
  const problems = (...addresses: string[]) =>
    addressProblems(
      addresses.map((address, index) => ({ path: [index], address })),
      "10.0.1.0/28",
    ).map(({ path, complaint }) => `${String(path[0])} ${complaint}`);

  it("may be any but the first four and the last", () => {
    expect(problems("10.0.1.4", "10.0.1.14", TOKEN, TOKEN)).toEqual([]);
  });

  it.each(["10.0.0.255", "10.0.1.16", "192.168.0.1"])("fails on %s, of another subnet", (address) => {
    expect(problems(address)).toEqual([`0 must be an address of its subnet 10.0.1.0/28, got "${address}"`]);
  });

  it.each(["10.0.1.0", "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.15"])(
    "fails on %s, which Azure keeps",
    (address) => {
      expect(problems(address)).toEqual([
        `0 must not be one of the first four addresses or the last of 10.0.1.0/28, which Azure keeps, got "${address}"`,
      ]);
    },
  );

  it("fails on an address that is given out twice", () => {
    expect(problems("10.0.1.4", "10.0.1.5", "10.0.1.4")).toEqual([
      '2 must not be given out twice, got "10.0.1.4" again',
    ]);
  });

  it("are compared with each other even where the subnet is not known", () => {
    const twice = ["10.9.9.9", "10.9.9.9"].map((address, index) => ({ path: [index], address }));
    expect(addressProblems(twice, TOKEN)).toEqual([
      { path: [1], complaint: 'must not be given out twice, got "10.9.9.9" again' },
    ]);
  });
});
