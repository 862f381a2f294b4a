import { Token } from "cdktf";
import { byteLength, bytesOf, visibleText } from "../../lib/azure/text";
import { shown } from "../../lib/azure/check";

const TOKEN = Token.asString({ resolve: () => "later" });

describe("text that can be seen", () => {
  it.each(["", "Contoso & Söhne, 東京 😀", "a\u00a0b", "a\u200db", "العربية", TOKEN])("can be %j", (text) => {
    expect(visibleText(text)).toBeUndefined();
  });

  it.each([
    ["a\u0000", "0000", 2],
    ["\n", "000A", 1],
    ["ab\rc", "000D", 3],
    ["\t", "0009", 1],
    ["\u001b[31m", "001B", 1],
    ["\u007f", "007F", 1],
    ["\u0085", "0085", 1],
    ["\u2028", "2028", 1],
    ["a\u202eb", "202E", 2],
    ["\u2066", "2066", 1],
    ["\u2069", "2069", 1],
    ["\u061c", "061C", 1],
    ["\u200e", "200E", 1],
    ["\ud800x", "D800", 1],
    ["x\udc00", "DC00", 2],
  ])("fails on %j", (text, code, place) => {
    expect(visibleText(text)).toBe(
      `must not hold control characters or such that turn the direction of text, got U+${code} as character ${place}`,
    );
  });
});

describe("text of 1 to 140 bytes", () => {
  const message = bytesOf(1, 140);

  it.each(["a", "a".repeat(140), "é".repeat(70), "東".repeat(46), "😀".repeat(35), TOKEN])("can be %s", (text) => {
    expect(message(text)).toBeUndefined();
  });

  it.each([
    ["", 0],
    ["a".repeat(141), 141],
    [`${"é".repeat(70)}a`, 141],
    ["東".repeat(47), 141],
  ])("fails on %s", (text, bytes) => {
    expect(message(text)).toBe(
      `must have 1 to 140 bytes, of which a letter outside ASCII takes two or more, got ${bytes}: ${shown(text)}`,
    );
  });

  it("fails on blanks", () => {
    expect(message("  ")).toBe('must not be blank, got "  "');
  });

  it("counts as Go does", () => {
    expect(["a", "é", "東", "😀"].map(byteLength)).toEqual([1, 2, 3, 4]);
  });
});
