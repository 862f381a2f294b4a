import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { TerraformOutput } from "cdktf";
import { InternalApim, InternalApimProps } from "../../lib/provider/internal-apim";
import { refusal, SUBNET, template } from "../support/template";

const PROPS: InternalApimProps = {
  name: "contoso",
  publisherName: "Contoso",
  publisherEmail: "apis@contoso.example",
  resourceGroupName: "rg-test",
  location: "uksouth",
  subnet: SUBNET,
};

function synth(props: Partial<InternalApimProps> = {}) {
  return template((stack) => {
    const subject = new InternalApim(stack, "Subject", { ...PROPS, ...props });
    new TerraformOutput(stack, "address", { value: subject.privateIpAddress });
  });
}

function apim(props: Partial<InternalApimProps> = {}) {
  return synth(props).one(ApiManagement).values;
}

const publicIp = (changes: Partial<NonNullable<InternalApimProps["publicIpAddress"]>>) => ({
  publicIpAddress: { name: "pip-apim", domainNameLabel: "contoso-apim", ...changes },
});

const STRONG = {
  frontend_tls10_enabled: false,
  frontend_tls11_enabled: false,
  backend_tls10_enabled: false,
  backend_tls11_enabled: false,
  triple_des_ciphers_enabled: false,
};

describe("APIM in internal mode", () => {
  it("is a Developer instance without an address on the internet unless told otherwise", () => {
    const stack = synth();
    expect(stack.resourceTypes).toEqual(["azurerm_api_management", "terraform_data"]);
    expect(stack.one(ApiManagement).values).toEqual({
      name: "contoso",
      resource_group_name: "rg-test",
      location: "uksouth",
      publisher_name: "Contoso",
      publisher_email: "apis@contoso.example",
      sku_name: "Developer_1",
      min_api_version: "2021-08-01",
      virtual_network_type: "Internal",
      virtual_network_configuration: { subnet_id: SUBNET.id },
      // said, and not left out: azurerm would leave on what somebody has taken out of a file again.
      security: STRONG,
      protocols: { http2_enabled: false },
      depends_on: SUBNET.ready.map(({ fqn }) => fqn),
      lifecycle: { prevent_destroy: true },
    });
  });

  it("can be left without protection", () => {
    expect(apim({ deletionProtection: false })).not.toHaveProperty("lifecycle");
  });

  it("has one private address, which waits for whatever is going to change it", () => {
    const stack = synth({ skuName: "Premium_2", zones: ["1", "2"], ...publicIp({}) });
    const apimAddress = stack.one(ApiManagement).address;
    const placement = stack.one({ tfResourceType: "terraform_data" });
    const [, local = ""] = /^\$\{(local\.\w+)\}$/.exec(JSON.parse(stack.text).output.address.value) ?? [];
    expect(stack.locals[local]).toBe(
      `\${element([for address in ${apimAddress}.private_ip_addresses : address if ${placement.address}.output != null], 0)}`,
    );
    expect(placement.values).toEqual({
      input: { tier: "Premium", zones: ["1", "2"], publicIpAddress: "pip-apim" },
      depends_on: [apimAddress],
    });
  });

  it("can be Premium with zones", () => {
    expect(apim({ skuName: "Premium_3", zones: [1, 2, "3"], ...publicIp({}) })).toMatchObject({
      sku_name: "Premium_3",
      zones: ["1", "2", "3"],
    });
  });

  it("can have a Standard public address of its own for management traffic, in zones that it keeps", () => {
    const stack = synth({ ...publicIp({}), skuName: "Premium_2", zones: ["1", "2"] });
    expect(stack.one(PublicIp).values).toEqual({
      name: "pip-apim",
      domain_name_label: "contoso-apim",
      resource_group_name: "rg-test",
      location: "uksouth",
      allocation_method: "Static",
      sku: "Standard",
      zones: ["1", "2"],
      lifecycle: { create_before_destroy: true, ignore_changes: ["zones"] },
    });
    expect(stack.one(ApiManagement).values.public_ip_address_id).toBe(stack.one(PublicIp).ref());
  });

  it("can answer older clients of the management API", () => {
    expect(apim({ minApiVersion: "2019-12-01" }).min_api_version).toBe("2019-12-01");
  });

  it.each([
    ["frontendTls10Enabled", "frontend_tls10_enabled"],
    ["frontendTls11Enabled", "frontend_tls11_enabled"],
    ["backendTls10Enabled", "backend_tls10_enabled"],
    ["backendTls11Enabled", "backend_tls11_enabled"],
    ["tripleDesCiphersEnabled", "triple_des_ciphers_enabled"],
  ])("can allow what is weak: %s", (setting, argument) => {
    expect(apim({ security: { [setting]: true } }).security).toEqual({ ...STRONG, [argument]: true });
  });

  it.each([true, false])("can say whether the gateway speaks HTTP/2: %p", (http2Enabled) => {
    expect(apim({ http2Enabled }).protocols).toEqual({ http2_enabled: http2Enabled });
  });

  it("keeps what a person typed from becoming a template", () => {
    const props = { publisherName: "${path.cwd} & 5%{if}", publisherEmail: "${x}@contoso.example" };
    expect(apim(props)).toMatchObject({
      publisher_name: "$${path.cwd} & 5%%{if}",
      publisher_email: "$${x}@contoso.example",
    });
  });

  const label = "must be 3 to 63 lower-case letters, digits or '-', beginning with a letter and not ending with '-'";

  it.each<[string, Partial<InternalApimProps>]>([
    ["a publisher of 1 character", { publisherName: "x" }],
    ["a publisher of 100 characters", { publisherName: "x".repeat(100) }],
    ["an e-mail address of 100 characters", { publisherEmail: `${"x".repeat(94)}@a.com` }],
    ["a label of 3 characters", publicIp({ domainNameLabel: "abc" })],
    ["a label of 63 characters", publicIp({ domainNameLabel: "a".repeat(63) })],
  ])("takes %s", (_, props) => {
    expect(() => synth(props)).not.toThrow();
  });

  it.each<[string, Partial<InternalApimProps>, string[]]>([
    [
      "its name",
      { name: "1contoso" },
      [
        `name must be 1 to 50 letters, digits or '-', beginning with a letter and ending with a letter or digit; it is unique in all of Azure, got "1contoso"`,
      ],
    ],
    ["no publisher", { publisherName: "" }, [`publisherName must have 1 to 100 characters, got 0: ""`]],
    [
      "a publisher that is too long",
      { publisherName: "x".repeat(101) },
      [`publisherName must have 1 to 100 characters, got 101: "${"x".repeat(78)}…`],
    ],
    [
      "an e-mail address that is too long",
      { publisherEmail: `${"x".repeat(95)}@a.com` },
      [`publisherEmail must have 1 to 100 characters, got 101: "${"x".repeat(78)}…`],
    ],
    [
      "something else than an e-mail address",
      { publisherEmail: "contoso.example" },
      [`publisherEmail must be an e-mail address, got "contoso.example"`],
    ],
    [
      "a SKU without internal mode",
      { skuName: "Standard_1" },
      [
        `skuName must be Developer_1 or Premium_1 to Premium_99, the only SKUs with internal VNet mode, got "Standard_1"`,
      ],
    ],
    [
      "zones without Premium",
      { zones: ["1"] },
      ["zones must be left out for Developer_1: only Premium has availability zones"],
    ],
    [
      "units that cannot be spread over the zones",
      { skuName: "Premium_3", zones: ["1", "2"], ...publicIp({}) },
      [`skuName must have a multiple of 2 units to spread them evenly over the zones 1, 2, got "Premium_3"`],
    ],
    [
      "zones without a public address",
      { skuName: "Premium_2", zones: ["1", "2"] },
      ["publicIpAddress is missing; an instance with zones in a network needs a public address of its own"],
    ],
    [
      "an API version that locks azurerm out",
      { minApiVersion: "2024-05-01" },
      [
        'minApiVersion must be 2022-08-01 or older, or azurerm, which calls that version, is locked out, got "2024-05-01"',
      ],
    ],
    ["a publisher of blanks", { publisherName: "  " }, [`publisherName must not be blank, got "  "`]],
    [
      "an API version that is no date",
      { minApiVersion: "latest" },
      [`minApiVersion must be the version of an API, a date such as 2021-08-01, got "latest"`],
    ],
    [
      "the name of the public address",
      publicIp({ name: "pip-" }),
      [
        `publicIpAddress.name must be 1 to 80 letters, digits, '_', '.' or '-', beginning with a letter or digit and ending with a letter, digit or '_', got "pip-"`,
      ],
    ],
    ...["ab", "a".repeat(64), "1ab", "Abc", "ab-"].map((text): [string, Partial<InternalApimProps>, string[]] => [
      `the label ${text}`,
      publicIp({ domainNameLabel: text }),
      [`publicIpAddress.domainNameLabel ${label}, got "${text}"`],
    ]),
    [
      "everything at once",
      { publisherName: "", zones: ["1"], minApiVersion: "" },
      [
        `publisherName must have 1 to 100 characters, got 0: ""`,
        `minApiVersion must be the version of an API, a date such as 2021-08-01, got ""`,
        "zones must be left out for Developer_1: only Premium has availability zones",
      ],
    ],
  ])("fails for %s", (_, props, complaints) => {
    expect(() => synth(props)).toThrow(refusal("test/Subject", ...complaints));
  });
});
