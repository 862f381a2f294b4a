import { Token } from "cdktf";
import { linuxUserName, windowsUserName } from "../../lib/azure/virtual-machine";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("the name of a Linux administrator", () => {
  it.each(["azureuser", "AzureUser", "a2", "_x", "Z", "a-b_c", "a".repeat(32), TOKEN])("takes %s", (name) => {
    expect(linuxUserName(name)).toBeUndefined();
  });

  it.each(["", "a".repeat(33), "1a", "-a", "a b", "a.b", "1"])("fails on %j", (name) => {
    expect(linuxUserName(name)).toBe(
      `must be 1 to 32 letters, digits, '_' or '-', beginning with a letter or '_', got ${shown(name)}`,
    );
  });

  it.each(["a", "admin", "root", "Root", "user5", "support_388945a0", "video"])(
    "fails on %s, which Azure refuses",
    (name) => {
      expect(linuxUserName(name)).toBe(`must not be one of the names that Azure refuses, got "${name}"`);
    },
  );
});

describe("the name of a Windows administrator", () => {
  it.each(["azureuser", "Azure-User_1", "2nd", "a".repeat(20), TOKEN])("takes %s", (name) => {
    expect(windowsUserName(name)).toBeUndefined();
  });

  it.each(["", "a".repeat(21), "-a", "a b", "a.", "a\\b"])("fails on %j", (name) => {
    expect(windowsUserName(name)).toBe(
      `must be 1 to 20 letters, digits, '_' or '-', beginning with a letter, a digit or '_', got ${shown(name)}`,
    );
  });

  it.each(["Administrator", "ADMIN", "123", "Guest", "1"])("fails on %s, which Azure refuses in any case", (name) => {
    expect(windowsUserName(name)).toBe(`must not be one of the names that Azure refuses, got "${name}"`);
  });
});
