import { secretsIn, secretsInText } from "../../review/findings/secret-text";
import { timed } from "../support/synthesized";

describe("secrets in text", () => {
  it.each([
    ["DB_PASSWORD=hunter2hunter2", 1],
    ['"client_secret": "abc123abc123"', 1],
    ["-----BEGIN OPENSSH PRIVATE KEY-----", 1],
    ["https://st.blob.core.windows.net/c?sv=1&sig=abcdefghijklmnopqrstuvwxyz0123456789", 1],
    // what a variable gives, or an expression, is none; nor is a word without a value.
    ["PASSWORD=$1", 0],
    ["password = ${var.password}", 0],
    ["the token of the day", 0],
  ])("%s: %d", (text, count) => {
    expect(secretsInText(text)).toHaveLength(count);
  });

  it("are found in base64, where a machine starts with it", () => {
    const data = Buffer.from("#!/bin/sh\nexport API_KEY=0123456789abcdef\n").toString("base64");
    expect(secretsIn("custom_data", data)).toEqual(["API_KEY=0123456789abcdef"]);
    expect(secretsIn("tags.owner", data)).toEqual([]);
  });

  it.each(["a", "password", "token_", "eyJ", "sig="])("are looked for quickly in a flood of %s", (word) => {
    const flood = word.repeat(Math.ceil(100_000 / word.length));
    expect(timed(() => secretsIn("custom_data", flood)).took).toBeLessThan(1_000);
  });
});
