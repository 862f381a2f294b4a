import { connectionsText } from "../../commands/connections";
import { handoverText } from "../../commands/handover";

describe("the hand-over", () => {
  const outputs = {
    private_link_service_location: { value: "uksouth" },
    private_link_service_id: { value: "/pls" },
    private_link_service_alias: { value: "pls.alias" },
    pending_connections: { value: [{ endpoint: "/theirs" }] },
    connections: { value: [{ consumer: "other" }] },
    host_names: { value: { gateway: "a.azure-api.net" } },
    apim_private_ip_address: { value: "10.0.2.5" },
  };

  it("holds what consumers need, nothing of others and no requests, in one order", () => {
    expect(handoverText(outputs)).toBe(
      [
        "{",
        '  "provider": {',
        '    "host_names": {',
        '      "gateway": "a.azure-api.net"',
        "    },",
        '    "private_link_service_alias": "pls.alias",',
        '    "private_link_service_id": "/pls",',
        '    "private_link_service_location": "uksouth"',
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("cannot be written before the provider is deployed", () => {
    expect(() => handoverText({ host_names: { value: {} } })).toThrow(
      new Error(
        "the provider has no private_link_service_alias, private_link_service_id, private_link_service_location yet: deploy it first, with npx cdktf deploy provider",
      ),
    );
  });
});

describe("the connections of a service", () => {
  it("are none", () => {
    expect(connectionsText([], [])).toBe("Nobody is connected.\n");
  });

  it("are listed, those that wait first, with the commands that answer them and what a stranger wrote as text", () => {
    const connections = [
      { consumer: "orders", endpoint: "/pe-1", status: "Approved" },
      { consumer: null, endpoint: "/pe-2", status: "Pending" },
    ];
    const request = 'please\n$(rm "-rf" /)';
    const pending = [{ endpoint: "/pe-2", request, approve: "az approve", reject: "az reject" }];
    expect(connectionsText(connections, pending)).toBe(
      [
        "Pending: no consumer of this file",
        "  endpoint /pe-2",
        '  request "please\\n$(rm \\"-rf\\" /)"',
        "az approve",
        "az reject",
        "",
        "Approved: consumer orders",
        "  endpoint /pe-1",
        "",
      ].join("\n"),
    );
  });
});
