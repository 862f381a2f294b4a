import { Visibility } from "../../lib/provider/visibility";

const subscriptions = (count: number) =>
  Array.from({ length: count }, (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`);

const [ONE = "", TWO = "", THREE = ""] = subscriptions(3);

describe("visibility", () => {
  it.each([
    ["role-based access only", Visibility.roleBasedAccessOnly(), [false, false]],
    ["restriction by subscription", Visibility.restrictedBySubscription([ONE]), [true, false]],
    ["anyone with the alias", Visibility.anyoneWithTheAlias(), [true, true]],
  ])("under %s includes only who can ask by alias", (_, visibility, expected) => {
    expect([ONE, TWO].map((id) => visibility.includes(id))).toEqual(expected);
  });

  it.each([
    ["role-based access only", Visibility.roleBasedAccessOnly(), [false, false]],
    ["restriction by subscription", Visibility.restrictedBySubscription([ONE, TWO], [TWO]), [false, true]],
    ["anyone with the alias", Visibility.anyoneWithTheAlias([TWO]), [false, true]],
  ])("under %s approves only who is on the list", (_, visibility, expected) => {
    expect([ONE, TWO].map((id) => visibility.approves(id))).toEqual(expected);
  });

  it.each([
    ["role-based access only", Visibility.roleBasedAccessOnly()],
    [
      "a hundred subscriptions, all approved",
      Visibility.restrictedBySubscription(subscriptions(100), subscriptions(100)),
    ],
    ["anyone, a hundred approved", Visibility.anyoneWithTheAlias(subscriptions(100))],
  ])("can be %s", (_, visibility) => {
    expect(visibility.problems()).toEqual([]);
  });

  const visible = "visibilitySubscriptionIds";
  const approved = "autoApprovalSubscriptionIds";
  const uuid = "must be a UUID such as 12345678-9abc-def0-1234-56789abcdef0";
  const subset = "must be one of the subscriptions that the service is visible to";

  it.each<[string, Visibility, (string | number)[], string]>([
    [
      "an empty list",
      Visibility.restrictedBySubscription([]),
      [visible],
      "must name at least one subscription, got none; for role-based access say so instead",
    ],
    [
      "a subscription that is no id",
      Visibility.restrictedBySubscription([ONE, "dev"]),
      [visible, 1],
      `${uuid}, got "dev"`,
    ],
    [
      "everybody among subscriptions",
      Visibility.restrictedBySubscription([ONE, "*"]),
      [visible, 1],
      'must be a subscription, got "*"; visibility anyoneWithTheAlias is for everybody',
    ],
    [
      "an approved subscription that is no id",
      Visibility.anyoneWithTheAlias(["*"]),
      [approved, 0],
      `must be a subscription, got "*"; visibility anyoneWithTheAlias is for everybody`,
    ],
    [
      "a subscription that is listed twice",
      Visibility.restrictedBySubscription([ONE, TWO, ONE]),
      [visible, 2],
      `must not be listed twice, got "${ONE}" again`,
    ],
    [
      "an approved subscription that is listed twice",
      Visibility.anyoneWithTheAlias([ONE, ONE]),
      [approved, 1],
      `must not be listed twice, got "${ONE}" again`,
    ],
    [
      "a hundred and one subscriptions",
      Visibility.restrictedBySubscription(subscriptions(101)),
      [visible],
      "must have at most 100 elements, got 101",
    ],
    [
      "a hundred and one approved subscriptions",
      Visibility.anyoneWithTheAlias(subscriptions(101)),
      [approved],
      "must have at most 100 elements, got 101",
    ],
    [
      "an approved subscription that cannot see the service",
      Visibility.restrictedBySubscription([ONE, TWO], [TWO, THREE]),
      [approved, 1],
      `${subset}, got "${THREE}"; add it there too`,
    ],
  ])("fails for %s", (_, visibility, path, complaint) => {
    expect(visibility.problems()).toEqual([{ path, complaint }]);
  });
});
