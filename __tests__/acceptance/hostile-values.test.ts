import fc from "fast-check";
import { always, holds } from "../support/fuzz";
import { FILES, HOSTILE, Path, PLACES, withValue } from "../support/hostile";

// whatever a file is, it is refused in words or becomes Terraform, within a second; nothing crashes.

jest.setTimeout(240_000);

const anywhere: fc.Arbitrary<Path> = fc.constantFrom(...PLACES);

const anything = fc.oneof(
  fc.constantFrom(...Object.values(HOSTILE)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.constantFrom<unknown>(
    [],
    {},
    null,
    -1,
    0,
    1e300,
    -1.8881545897087736e289,
    "10.0.1.0/24",
    "10.0.1.300",
    "env:HOME",
  ),
);

describe("a file with something in the wrong place", () => {
  it("becomes Terraform, or is refused in words: one value of a shipped file", () => {
    always(fc.tuple(fc.constantFrom(...FILES), anywhere, anything), ([file, path, value]) => {
      holds(withValue(file, path, value));
    });
  });

  it("becomes Terraform, or is refused in words: any value at all", () => {
    always(
      fc.oneof(anything, fc.dictionary(fc.constantFrom("provider", "consumers", "tags", "state"), anything)),
      holds,
    );
  });

  it("becomes Terraform, or is refused in words: any bytes", () => {
    always(fc.string({ unit: "binary", maxLength: 200 }), holds);
  });
});
