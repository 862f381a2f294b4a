import { PrivateLinkService as AzurermPrivateLinkService } from "@cdktf/provider-azurerm/lib/private-link-service";
import { Token, TerraformOutput } from "cdktf";
import { PrivateLinkService, PrivateLinkServiceProps } from "../../lib/provider/private-link-service";
import { Visibility } from "../../lib/provider/visibility";
import { refusal, RESOURCE_GROUP, SUBNET, template } from "../support/template";
import { shown } from "../../lib/azure/check";

const ONE = "11111111-1111-1111-1111-111111111111";
const TWO = "22222222-2222-2222-2222-222222222222";

type BalancedProps = Extract<PrivateLinkServiceProps, { loadBalancer: object }>;

const PROPS: BalancedProps = {
  resourceGroup: RESOURCE_GROUP,
  loadBalancer: {
    frontendIpConfigurationId: "/frontend",
    carriers: [{ fqn: "test_rule.one" }, { fqn: "test_rule.two" }],
  },
  natSubnet: SUBNET,
  visibility: Visibility.restrictedBySubscription([ONE]),
};

function synth(props: Partial<BalancedProps> = {}) {
  return template((stack) => {
    const subject = new PrivateLinkService(stack, "Subject", { ...PROPS, ...props });
    for (const key of ["id", "alias", "name"] as const) new TerraformOutput(stack, key, { value: subject[key] });
  });
}

function service(props: Partial<BalancedProps> = {}) {
  return synth(props).one(AzurermPrivateLinkService).values;
}

const nat = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `nat-${index + 1}`,
    primary: index === 0,
    subnet_id: SUBNET.id,
  }));

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `10.0.1.${index + 20}`);

describe("the Private Link Service", () => {
  it("stands before the load balancer, with one NAT address, once there are rules to carry connections", () => {
    expect(service()).toEqual({
      name: "pls-apim",
      resource_group_name: "rg-test",
      location: "uksouth",
      load_balancer_frontend_ip_configuration_ids: ["/frontend"],
      nat_ip_configuration: nat(1),
      visibility_subscription_ids: [ONE],
      depends_on: ["test_subnet.other", "test_rule.one", "test_rule.two"],
      lifecycle: { prevent_destroy: true },
    });
  });

  it("can be left without protection", () => {
    expect(service({ deletionProtection: false }).lifecycle).toEqual({});
  });

  it("is made anew with the frontend, as long as nothing protects it", () => {
    const loadBalancer = { ...PROPS.loadBalancer, frontend: { fqn: "test_frontend.one" } };
    expect(service({ loadBalancer }).lifecycle.replace_triggered_by).toEqual(["test_frontend.one"]);
  });

  it("does not speak the proxy protocol", () => {
    expect(Object.keys(service()).filter((key) => key.includes("proxy"))).toEqual([]);
  });

  it("tells consumers its id, alias and name", () => {
    const stack = synth({ name: "pls-other" });
    const element = stack.one(AzurermPrivateLinkService);
    expect(element.values.name).toBe("pls-other");
    expect(JSON.parse(stack.text).output).toEqual({
      id: { value: element.ref() },
      alias: { value: element.ref("alias") },
      name: { value: "pls-other" },
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("can have %d NAT addresses, exactly one of them primary", (natIpCount) => {
    expect(service({ natIpCount }).nat_ip_configuration).toEqual(nat(natIpCount));
  });

  it.each([1, 8])("can have %d NAT addresses of one's choice", (count) => {
    expect(service({ natIpAddresses: addresses(count) }).nat_ip_configuration).toEqual(
      nat(count).map((entry, index) => ({ ...entry, private_ip_address: `10.0.1.${index + 20}` })),
    );
  });

  it("can be given the number of the addresses with the addresses", () => {
    expect(service({ natIpCount: 2, natIpAddresses: addresses(2) }).nat_ip_configuration).toHaveLength(2);
  });

  it("can announce host names", () => {
    expect(service({ fqdns: ["api.contoso.example"] }).fqdns).toEqual(["api.contoso.example"]);
  });

  it("is visible to nobody by its alias with role-based access only", () => {
    const values = service({ visibility: Visibility.roleBasedAccessOnly() });
    expect(values).not.toHaveProperty("visibility_subscription_ids");
    expect(values).not.toHaveProperty("auto_approval_subscription_ids");
  });

  it("is visible to listed subscriptions, and approves some of them", () => {
    const values = service({ visibility: Visibility.restrictedBySubscription([ONE, TWO], [TWO]) });
    expect(values.visibility_subscription_ids).toEqual([ONE, TWO]);
    expect(values.auto_approval_subscription_ids).toEqual([TWO]);
  });

  it("is visible to everybody, and approves some subscriptions", () => {
    const values = service({ visibility: Visibility.anyoneWithTheAlias([TWO]) });
    expect(values.visibility_subscription_ids).toEqual(["*"]);
    expect(values.auto_approval_subscription_ids).toEqual([TWO]);
  });

  it.each<[string, Partial<BalancedProps>, string]>([
    [
      "its name",
      { name: "pls-" },
      `name must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_', got "pls-"`,
    ],
    ...[0, 9].map((natIpCount): [string, Partial<BalancedProps>, string] => [
      `${natIpCount} NAT addresses`,
      { natIpCount },
      `natIpCount must be a whole number from 1 to 8 addresses, got ${natIpCount}`,
    ]),
    [
      "a number that Terraform computes",
      { natIpCount: Token.asNumber({ resolve: () => 2 }) },
      "natIpCount must be known before Terraform runs: there is one block for each address",
    ],
    ["an empty choice", { natIpAddresses: [] }, "natIpAddresses must have at least 1 element, got []"],
    [
      "9 NAT addresses of one's choice",
      { natIpAddresses: addresses(9) },
      `natIpAddresses must have at most 8 elements, got ${shown(addresses(9))}`,
    ],
    [
      "a number of addresses that is not theirs",
      { natIpCount: 3, natIpAddresses: addresses(2) },
      "natIpAddresses must hold as many addresses as natIpCount says, 3, got 2; leave natIpCount out",
    ],
    [
      "a NAT address that is none",
      { natIpAddresses: ["10.0.1.20", "x"] },
      `natIpAddresses[1] must be an IPv4 address such as 10.0.1.5, got "x"`,
    ],
    [
      "a NAT address of another subnet",
      { natIpAddresses: ["10.0.2.20"] },
      `natIpAddresses[0] must be an address of its subnet 10.0.1.0/24, got "10.0.2.20"`,
    ],
    [
      "a NAT address that is given twice",
      { natIpAddresses: ["10.0.1.20", "10.0.1.20"] },
      `natIpAddresses[1] must not be given out twice, got "10.0.1.20" again`,
    ],
    ...["localhost", "-a.example", "a..example", "https://a.example", `${"a".repeat(64)}.example`, "${x}.example"].map(
      (name): [string, Partial<BalancedProps>, string] => [
        `the host name ${name}`,
        { fqdns: ["api.example", name] },
        `fqdns[1] must be a host name such as api.example.com, got "${name}"`,
      ],
    ),
    [
      "auto-approval of a subscription that cannot see it",
      { visibility: Visibility.restrictedBySubscription([ONE], [TWO]) },
      `visibility.autoApprovalSubscriptionIds[0] must be one of the subscriptions that the service is visible to, got "${TWO}"; add it there too`,
    ],
    [
      "visibility to an empty list",
      { visibility: Visibility.restrictedBySubscription([]) },
      "visibility.visibilitySubscriptionIds must name at least one subscription, got none; for role-based access say so instead",
    ],
  ])("fails for %s", (_, props, complaint) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", complaint));
  });

  it("fails for everything at once, also beside a number of addresses that is none", () => {
    const visibility = Visibility.restrictedBySubscription([]);
    expect(() => synth({ natIpCount: 9, natIpAddresses: ["10.0.2.20"], visibility })).toThrow(
      refusal(
        "test/Subject",
        "natIpCount must be a whole number from 1 to 8 addresses, got 9",
        'natIpAddresses[0] must be an address of its subnet 10.0.1.0/24, got "10.0.2.20"',
        "visibility.visibilitySubscriptionIds must name at least one subscription, got none; for role-based access say so instead",
      ),
    );
  });
});
