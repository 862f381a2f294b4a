import { Token } from "cdktf";
import {
  acceleratedNetworkingProblem,
  DEFAULT_SIZE,
  hasAcceleratedNetworking,
  sizeName,
  takesPremiumDisks,
  trustedLaunchSize,
  unlistedSizeProblems,
  windowsSize,
  x64Size,
} from "../../lib/azure/vm-size";
import { VM_SIZES } from "../../lib/azure/vm-sizes";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

const ALL = [
  ["Ubuntu", x64Size],
  ["Linux of somebody's own", trustedLaunchSize],
  ["Windows", windowsSize],
] as const;

describe.each(ALL)("a size for %s", (_, rule) => {
  it.each([
    "Standard_B2s",
    "Standard_B2ls_v2",
    "Standard_B2as_v2",
    "Standard_D2s_v3",
    "Standard_D2s_v5",
    "Standard_D2as_v5",
    "Standard_D2s_v6",
    "Standard_DC2s_v3",
    "Standard_DC2ds_v3",
    "Standard_E2s_v3",
    "Standard_E4-2ds_v5",
    "Standard_F2s_v2",
    "Standard_FX4mds",
    "Standard_L8s_v3",
    "Standard_NC4as_T4_v3",
    "Standard_NV36ads_A10_v5",
    "Standard_F2s",
    "Standard_GS5",
    "Standard_M48s_1_v3",
    "standard_b2s",
    "STANDARD_D2S_V5",
    "standard_B2s",
    TOKEN,
  ])("can be %s", (size) => {
    expect(rule(size)).toBeUndefined();
  });

  it.each([
    "",
    "B2s",
    "Basic_A0",
    "Standard_",
    "Standard_B2s ",
    "Standard_${x}",
    `Standard_${"D".repeat(62)}`,
    `Standard_${"D".repeat(100_000)}`,
  ])("fails on %j", (size) => {
    expect(rule(size)).toBe(`must be a VM size such as Standard_B2s, got ${shown(size)}`);
  });

  it.each([
    ["Standard_A1", "A"],
    ["Standard_A2_v2", "A"],
    ["Standard_A2m_v2", "A"],
    ["Standard_D1", "D and DS"],
    ["Standard_DS1", "D and DS"],
    ["Standard_D2_v2", "Dv2 and Dsv2"],
    ["Standard_DS2_v2", "Dv2 and Dsv2"],
    ["standard_ds2_v2", "Dv2 and Dsv2"],
    ["Standard_DS12-1_v2", "Dv2 and Dsv2"],
    ["Standard_DS2_v2_Promo", "Dv2 and Dsv2"],
    ["Standard_D2_v3", "Dv3 and Ev3"],
    ["Standard_E2_v3", "Dv3 and Ev3"],
    ["Standard_E64i_v3", "Dv3 and Ev3"],
    ["Standard_D2ps_v5", "Dpsv5"],
    ["Standard_D2pds_v5", "Dpsv5"],
    ["Standard_D2pls_v5", "Dpsv5"],
    ["Standard_D2plds_v5", "Dpsv5"],
    ["Standard_M8ms", "M, Mv2, Msv2 and Mdsv2"],
    ["Standard_M8-2ms", "M, Mv2, Msv2 and Mdsv2"],
    ["Standard_M208s_v2", "M, Mv2, Msv2 and Mdsv2"],
    ["Standard_NC6", "first NC"],
    ["Standard_NC24r", "first NC"],
    ["Standard_ND96asr_v4", "ND A100"],
    ["Standard_NP10s", "NP"],
    ["Standard_NV6", "first NV"],
    ["Standard_DC2as_v5", "confidential DC and EC"],
    ["Standard_DC2ads_v5", "confidential DC and EC"],
    ["Standard_DC2es_v5", "confidential DC and EC"],
    ["Standard_DC4as_cc_v5", "confidential DC and EC"],
    ["Standard_EC2as_v5", "confidential DC and EC"],
    ["Standard_EC96ias_v5", "confidential DC and EC"],
    ["Standard_F2", "F"],
    ["Standard_G1", "G"],
  ])("fails on %s, which has no Trusted Launch", (size, series) => {
    expect(rule(size)).toBe(
      `must be a size with Trusted Launch, which the ${series} series ${series.includes(" and ") ? "lack" : "lacks"}, got "${size}"; Standard_B2s and Standard_D2s_v5 have it`,
    );
  });

  it.each([
    ["Standard_A8", "A8 to A11", "2021-03-01"],
    ["Standard_A11", "A8 to A11", "2021-03-01"],
    ["Standard_H8", "H", "2022-08-31"],
    ["Standard_H16mr", "H", "2022-08-31"],
    ["Standard_NC6s_v3", "NCv3", "2025-09-30"],
  ])("fails on %s, which is retired", (size, series, day) => {
    expect(rule(size)).toBe(
      `must be a size that Azure still has, which retired the ${series} series on ${day}, got "${size}"`,
    );
  });

  it("says which series lack it, in words", () => {
    expect(rule("Standard_DS2_v2")).toBe(
      'must be a size with Trusted Launch, which the Dv2 and Dsv2 series lack, got "Standard_DS2_v2"; Standard_B2s and Standard_D2s_v5 have it',
    );
  });
});

describe("a size that is not known here", () => {
  it.each(["Standard_B2s", "standard_d2ps_v6", TOKEN])("is not %s", (size) => {
    expect(unlistedSizeProblems(size, false)).toEqual([]);
  });

  it.each([
    ["Standard_B3s", "Standard_B1s"],
    ["Standard_D2s_v55", "Standard_D2s_v5"],
    ["Standard_DS2_v5", "Standard_D2_v5"],
    ["standard_b1", "Standard_B1s"],
    ["Standard_D2ps_v9", "Standard_D2ps_v6"],
    ["Standard_E2ads_v9", "Standard_E2ads_v5"],
  ])("is %s, for which %s is suggested", (size, nearest) => {
    expect(unlistedSizeProblems(size, false)).toEqual([
      {
        path: ["size"],
        complaint: `must be a size that Azure has, got "${size}"; the nearest name is ${nearest}; set allowUnlistedSize: true if it is newer than this product`,
      },
    ]);
  });

  it("can be newer than the list where somebody says so", () => {
    expect(unlistedSizeProblems("Standard_D2s_v9", true)).toEqual([]);
  });
});

describe("the list of sizes", () => {
  it("has each once, whatever the capital letters", () => {
    expect(new Set(VM_SIZES.map((size) => size.toLowerCase())).size).toBe(VM_SIZES.length);
    expect(VM_SIZES.length).toBeGreaterThan(1700);
  });

  it("has well-formed names only", () => {
    expect(VM_SIZES.filter((size) => !/^Standard_[A-Z]{1,4}\d+[\w-]*$/.test(size))).toEqual([]);
  });

  it("has the default", () => {
    expect(VM_SIZES).toContain(DEFAULT_SIZE);
  });
});

describe("the name of a size", () => {
  it.each([
    ["standard_b2s", "Standard_B2s"],
    ["STANDARD_D2S_V5", "Standard_D2s_v5"],
    ["standard_nc4as_t4_v3", "Standard_NC4as_T4_v3"],
    ["Standard_B2s", "Standard_B2s"],
    ["standard_D2s_v99", "standard_D2s_v99"],
    [TOKEN, TOKEN],
  ])("is for %s spelled as %s", (size, spelled) => {
    expect(sizeName(size)).toBe(spelled);
  });
});

describe("an Arm size", () => {
  const sizes = [
    "Standard_B2pls_v2",
    "Standard_B2pts_v2",
    "Standard_D2ps_v6",
    "Standard_D2plds_v6",
    "Standard_E2ps_v5",
    "standard_d2ps_v6",
  ];

  it.each(sizes)("such as %s boots an image of somebody's own", (size) => {
    expect(trustedLaunchSize(size)).toBeUndefined();
  });

  it.each(sizes)("such as %s boots neither Ubuntu's nor Windows' image for x64", (size) => {
    const complaint = `must be an x64 size, because the image is for x64, got the Arm size "${size}"`;
    expect(x64Size(size)).toBe(complaint);
    expect(windowsSize(size)).toBe(complaint);
  });
});

describe("the size Standard_B1ls", () => {
  it("is for Linux only", () => {
    expect(x64Size("Standard_B1ls")).toBeUndefined();
    expect(windowsSize("Standard_B1ls")).toBe(
      'must be a size that Windows runs on, got "Standard_B1ls", which is for Linux only',
    );
  });
});

describe("premium disks", () => {
  it.each([
    "Standard_B2s",
    "Standard_B2ls_v2",
    "Standard_D2s_v5",
    "Standard_D2ads_v5",
    "Standard_E4-2ds_v5",
    "Standard_DS2_v2",
    "Standard_GS5",
    "Standard_NC4as_T4_v3",
    "Standard_DC8_v2",
    "standard_d2s_v5",
    "standard_d2s_v99",
    TOKEN,
  ])("are taken by %s", (size) => {
    expect(takesPremiumDisks(size)).toBe(true);
  });

  it.each(["Standard_D2_v5", "Standard_D2d_v5", "Standard_D2a_v4", "Standard_E2_v5", "Standard_F2", "Standard_H8"])(
    "are not taken by %s",
    (size) => {
      expect(takesPremiumDisks(size)).toBe(false);
    },
  );
});

describe("accelerated networking", () => {
  it.each(["Standard_B12ms", "Standard_B16ms", "Standard_B20ms", "Standard_B2s_v2", "Standard_D2s_v5", TOKEN])(
    "is there with %s",
    (size) => {
      expect(hasAcceleratedNetworking(size)).toBe(true);
    },
  );

  it.each(["Standard_B1ls", "Standard_B1s", "Standard_B2s", "Standard_B2ms", "Standard_B4ms", "Standard_B8ms"])(
    "is not there with %s",
    (size) => {
      expect(hasAcceleratedNetworking(size)).toBe(false);
    },
  );

  it.each(["Standard_DC2s_v2", "Standard_DC8_v2", "standard_b2ms"])("is not there with %s", (size) => {
    expect(hasAcceleratedNetworking(size)).toBe(false);
  });

  it("is refused in words", () => {
    expect(acceleratedNetworkingProblem("Standard_D2s_v5")).toBeUndefined();
    expect(acceleratedNetworkingProblem("standard_b2s")).toBe(
      "must be false for Standard_B2s, got true; of its series only Standard_B12ms, B16ms and B20ms can",
    );
    expect(acceleratedNetworkingProblem("Standard_DC2s_v2")).toBe("must be false for Standard_DC2s_v2, got true");
  });
});
