import { Token } from "cdktf";
import { minApiVersion } from "../../lib/azure/api-version";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("the oldest version that an instance answers", () => {
  it.each(["2021-08-01", "2022-08-01", "2022-04-01-preview", "2020-02-29", "2016-07-07", TOKEN])(
    "can be %s",
    (version) => {
      expect(minApiVersion(version)).toBeUndefined();
    },
  );

  it.each(["", "2021", "2021-8-1", "2021-08-01 ", "2021-08-01-beta", "01-08-2021", "2021-08-01\n"])(
    "fails on %j",
    (version) => {
      expect(minApiVersion(version)).toBe(
        `must be the version of an API, a date such as 2021-08-01, got ${shown(version)}`,
      );
    },
  );

  it.each(["2021-13-01", "2021-02-29", "2021-04-31", "2021-00-10", "2021-01-00"])("fails on %s", (version) => {
    expect(minApiVersion(version)).toBe(`must be a date of the calendar, got "${version}"`);
  });

  it.each(["2016-07-06", "1900-01-01"])("fails on %s, when there was no API yet", (version) => {
    expect(minApiVersion(version)).toBe(`must be 2016-07-07 or newer, the first version of the API, got "${version}"`);
  });

  it.each(["2022-08-02", "2022-09-01-preview", "2024-05-01", "9999-12-31"])(
    "fails on %s, which locks Terraform out",
    (version) => {
      expect(minApiVersion(version)).toBe(
        `must be 2022-08-01 or older, or azurerm, which calls that version, is locked out, got "${version}"`,
      );
    },
  );
});
