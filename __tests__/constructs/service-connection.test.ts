import { ServiceConnection } from "../../lib/consumer/service-connection";
import { shown } from "../../lib/azure/check";

const ALIAS = "pls-apim.12345678-9abc-def0-1234-56789abcdef0.uksouth.azure.privatelinkservice";

describe("a connection to a service", () => {
  it.each([
    ["by resource id", ServiceConnection.byResourceId("/pls")],
    ["requested with 1 character", ServiceConnection.requestedByResourceId("/pls", "x")],
    ["requested with 140 bytes", ServiceConnection.requestedByResourceId("/pls", "x".repeat(140))],
    ["by alias", ServiceConnection.byAlias(ALIAS, "Please")],
  ])("can be %s", (_, connection) => {
    expect(connection.problems()).toEqual([]);
  });

  it.each(["", "x".repeat(141)])("fails with the message %j", (message) => {
    const problem = {
      path: ["message"],
      complaint: `must have 1 to 140 bytes, of which a letter outside ASCII takes two or more, got ${message.length}: ${shown(message)}`,
    };
    expect(ServiceConnection.requestedByResourceId("/pls", message).problems()).toEqual([problem]);
    expect(ServiceConnection.byAlias(ALIAS, message).problems()).toEqual([problem]);
  });

  it.each(["", "/pls", "pls-apim.uksouth.azure.privatelinkservice"])("fails with the alias %j", (alias) => {
    expect(ServiceConnection.byAlias(alias, "Please").problems()).toEqual([
      {
        path: ["alias"],
        complaint: `must be the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice, got "${alias}"`,
      },
    ]);
  });
});
