import { EVERYTHING, of, production, quickstart, said } from "./judged";

describe("public-address", () => {
  const address = { azurerm_public_ip: { A: { name: "a" } } };
  const internal = (more: object) => ({ azurerm_api_management: { S: { virtual_network_type: "Internal", ...more } } });

  it("finds nothing in a deployment without one", () => {
    expect(said(quickstart, {})).toEqual([]);
  });

  it("finds APIM's own, unless that is allowed", () => {
    expect(said(production, {})).toEqual([
      "provider azurerm_api_management.ApimVnet_Apim_056A03CD public-address: has a public address (public_ip_address_id)",
      "provider azurerm_public_ip.ApimVnet_Apim_PublicIp_63B1E8BC public-address: is a public address",
    ]);
  });

  it("allows APIM's own and none beside it", () => {
    const own = {
      ...internal({ public_ip_address_id: "${local.id}" }),
      azurerm_public_ip: { A: { name: "a" }, B: { name: "b" } },
    };
    expect(of("public-address", own, EVERYTHING, { locals: { id: "${azurerm_public_ip.A.id}" } })).toEqual([
      "azurerm_public_ip.B public-address: is a public address",
    ]);
  });

  it.each([
    ["azurerm_network_interface", { ip_configuration: { public_ip_address_id: "${azurerm_public_ip.A.id}" } }],
    ["azurerm_lb", { frontend_ip_configuration: [{ name: "f", public_ip_prefix_id: "/subscriptions/x" }] }],
    ["azurerm_linux_virtual_machine_scale_set", { network_interface: { ip_configuration: { public_ip_address: {} } } }],
  ])("finds that of %s, also where APIM may have one", (type, body) => {
    const found = of("public-address", {
      ...internal({ public_ip_address_id: "${azurerm_public_ip.A.id}" }),
      [type]: { X: body },
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${type}\\.X public-address: has a public address \\(\\w+\\.`));
  });

  it("finds a range of them", () => {
    expect(of("public-address", { azurerm_public_ip_prefix: { P: {} } })).toEqual([
      "azurerm_public_ip_prefix.P public-address: is a range of public addresses",
    ]);
  });

  it("takes an argument that is null for none", () => {
    const body = { ip_configuration: [{ public_ip_address_id: null }] };
    expect(of("public-address", { azurerm_network_interface: { X: body } })).toEqual([]);
  });

  it.each([
    ["External", { virtual_network_type: "External" }],
    ["None", { virtual_network_type: null }],
  ])("finds a gateway on the internet: %s", (network, more) => {
    const [found] = of("public-address", { ...internal(more), ...address });
    expect(found).toMatch(`azurerm_api_management.S public-address: has virtual_network_type ${network}: the gateway `);
  });
});

describe("open-to-internet", () => {
  const rule = (more: object) => ({
    name: "r",
    priority: 100,
    access: "Allow",
    direction: "Inbound",
    protocol: "Tcp",
    source_port_range: "*",
    destination_port_range: "443",
    source_address_prefix: "10.0.0.0/8",
    destination_address_prefix: "*",
    ...more,
  });
  const group = (more: object) => ({
    azurerm_network_security_group: { G: { name: "g", security_rule: [rule(more)] } },
  });

  it.each(["*", "0.0.0.0/0", "::/0", "Internet", "internet", "Any", "0.0.0.0/1", "2000::/3"])("finds %s", (source) => {
    const found = [
      ...of("open-to-internet", group({ source_address_prefix: source })),
      ...of(
        "open-to-internet",
        group({ source_address_prefix: null, source_address_prefixes: ["10.1.0.0/16", source] }),
      ),
    ];
    expect(found).toHaveLength(2);
    expect(found[0]).toBe(
      `azurerm_network_security_group.G open-to-internet: lets the internet in: \`r\` of \`g\`: \`Tcp\` port 443 in from \`${source}\` to \`*\``,
    );
  });

  it.each([
    ["denies", { access: "Deny", source_address_prefix: "*" }],
    ["goes out", { direction: "Outbound", source_address_prefix: "*" }],
    ["names a network", {}],
    ["names Azure's tags", { source_address_prefix: "VirtualNetwork" }],
    ["names local addresses", { source_address_prefix: "fc00::/7" }],
  ])("leaves a rule that %s", (_, more) => {
    expect(of("open-to-internet", group(more))).toEqual([]);
  });

  it("finds a rule of its own, whose source stands in a local", () => {
    const own = {
      azurerm_network_security_rule: {
        R: rule({ source_address_prefix: "${local.all}", network_security_group_name: "g" }),
      },
    };
    expect(of("open-to-internet", own, {}, { locals: { all: "*" } })).toHaveLength(1);
  });
});
