import { Token } from "cdktf";
import { hasAcceleratedNetworking, linuxSize, takesPremiumDisks, windowsSize } from "../../lib/azure/vm-size";

const TOKEN = Token.asString({ resolve: () => "later" });

const UBUNTU = linuxSize(undefined);
const OWN = linuxSize({ publisher: "someone" });

const ALL = [
  ["Ubuntu", UBUNTU],
  ["Linux of somebody's own", OWN],
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
    "Standard_M208s_v2",
    "Standard_NC4as_T4_v3",
    "Standard_NP10s",
    "Standard_NV36ads_A10_v5",
    TOKEN,
  ])("can be %s", (size) => {
    expect(rule(size)).toBeUndefined();
  });

  it.each(["", "B2s", "standard_B2s", "Basic_A0", "Standard_", "Standard_B2s ", "Standard_${x}"])(
    "fails on %j",
    (size) => {
      expect(rule(size)).toBe(`must be a VM size such as Standard_B2s, got ${JSON.stringify(size)}`);
    },
  );

  it.each([
    "Standard_A1",
    "Standard_A2_v2",
    "Standard_A2m_v2",
    "Standard_D1",
    "Standard_DS1",
    "Standard_D2_v2",
    "Standard_DS2_v2",
    "Standard_DS12-1_v2",
    "Standard_DS2_v2_Promo",
    "Standard_D2_v3",
    "Standard_E2_v3",
    "Standard_E64i_v3",
    "Standard_D2ps_v5",
    "Standard_D2pds_v5",
    "Standard_D2pls_v5",
    "Standard_D2plds_v5",
    "Standard_M8ms",
    "Standard_M8-2ms",
    "Standard_NC6",
    "Standard_NC24r",
    "Standard_NV6",
    "Standard_DC2as_v5",
    "Standard_DC2ads_v5",
    "Standard_DC2es_v5",
    "Standard_EC2as_v5",
  ])("fails on %s, which has no Trusted Launch", (size) => {
    expect(rule(size)).toBe(
      "must be a size with Trusted Launch, which the A, Dv2, Dv3, Ev3, Dpsv5, M, NC, NV and confidential DC and EC series " +
        `lack, got "${size}"; Standard_B2s and Standard_D2s_v5 have it`,
    );
  });
});

describe("an Arm size", () => {
  const sizes = [
    "Standard_B2pls_v2",
    "Standard_B2pts_v2",
    "Standard_D2ps_v6",
    "Standard_D2plds_v6",
    "Standard_E2ps_v5",
  ];

  it.each(sizes)("such as %s boots an image of somebody's own", (size) => {
    expect(OWN(size)).toBeUndefined();
  });

  it.each(sizes)("such as %s boots neither Ubuntu's nor Windows' image for x64", (size) => {
    const complaint = `must be an x64 size, because the image is for x64, got the Arm size "${size}"`;
    expect(UBUNTU(size)).toBe(complaint);
    expect(windowsSize(size)).toBe(complaint);
  });
});

describe("the size Standard_B1ls", () => {
  it("is for Linux only", () => {
    expect(UBUNTU("Standard_B1ls")).toBeUndefined();
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
});
