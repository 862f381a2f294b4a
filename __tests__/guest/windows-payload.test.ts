import { Fn, TerraformLocal, Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Node } from "web-tree-sitter";
import { Forwarding } from "../../lib/guest/forwarding";
import { windowsPayload } from "../../lib/guest/windows-payload";
import { commands, powershellParser, syntaxErrors } from "./powershell";

const FORWARDING: Forwarding = {
  targetAddress: "10.0.2.5",
  ports: [443, 3443],
  allowFrom: ["10.0.1.0/24", "10.0.3.0/24"],
};
const SCRIPT = readFileSync(join(__dirname, "../../lib/guest/windows/forward.ps1"), "utf8");

let parse: (script: string) => Node;
let root: Node;

beforeAll(async () => {
  parse = await powershellParser();
  root = parse(SCRIPT);
});

function calls(name: string): string[] {
  return commands(root)
    .filter(([command]) => command === name)
    .map(([, ...rest]) => rest.join(" "));
}

/** The parameters of the script, each with its attributes and type. */
function parameters(): string[] {
  const [block] = root.descendantsOfType("param_block");
  return block?.descendantsOfType("script_parameter").map(({ text }) => text) ?? [];
}

describe("the payload", () => {
  it("calls the script with plain values", () => {
    expect(windowsPayload(FORWARDING).arguments).toBe(
      "-TargetAddress 10.0.2.5 -Ports 443,3443 -AllowFrom 10.0.1.0/24,10.0.3.0/24",
    );
  });

  it("keeps the script the same for every forwarding", () => {
    expect(windowsPayload(FORWARDING).script).toEqual(
      windowsPayload({ targetAddress: "10.9.9.9", ports: [8443], allowFrom: ["10.9.0.0/16"] }).script,
    );
  });

  it("is the script once Terraform has read its templates", () => {
    const { script } = windowsPayload(FORWARDING);

    expect(script).toContainEqual(expect.stringContaining("$${LASTEXITCODE}"));
    expect(script.filter((line) => /(^|[^$])(\$\$)*\$\{|(^|[^%])(%%)*%\{/.test(line))).toEqual([]);
    expect(
      `${script
        .join("\n")
        .replace(/\$\$\{/g, "${")
        .replace(/%%\{/g, "%{")}\n`,
    ).toBe(SCRIPT);
  });

  it("keeps a token in the arguments", () => {
    const synthesized = Testing.synthScope((scope) => {
      const targetAddress = Fn.element(["10.0.2.5"], 0);
      new TerraformLocal(scope, "Arguments", windowsPayload({ ...FORWARDING, targetAddress }).arguments);
    });

    expect(Object.values(JSON.parse(synthesized).locals)).toEqual([
      '-TargetAddress ${element(["10.0.2.5"], 0)} -Ports 443,3443 -AllowFrom 10.0.1.0/24,10.0.3.0/24',
    ]);
  });

  it("leaves room in a command line of 8,191 characters", () => {
    const packed = gzipSync(windowsPayload(FORWARDING).script.join("\r\n")).toString("base64");

    expect(packed.length).toBeLessThan(6000);
  });

  it("is plain ASCII, which PowerShell 5.1 reads alike under every code page", () => {
    expect(SCRIPT).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("fails when a value is not one", () => {
    expect(() => windowsPayload({ ...FORWARDING, ports: [] })).toThrow(
      new Error("invalid forwarding:\n- ports must have at least 1 element, got []"),
    );
  });
});

describe("the script", () => {
  it("is PowerShell", () => {
    expect(syntaxErrors(root)).toEqual([]);
    expect(root.hasError).toBe(false);
  });

  it.each([
    ["a lost brace", (script: string) => script.trimEnd().replace(/\}$/, "")],
    ["a lost bracket", (script: string) => script.replace("param(", "param")],
    ["an open string", (script: string) => script.replace("$Name = 'ApimForwarder'", "$Name = 'ApimForwarder")],
    ["an attribute that is not closed", (script: string) => script.replace("[string[]] $Ports", "[string[] $Ports")],
  ])("would be caught with %s", (_, broken) => {
    expect(syntaxErrors(parse(broken(SCRIPT)))).not.toEqual([]);
  });

  it("takes what it is called with, and demands nothing else", () => {
    const names = (attribute: RegExp) =>
      parameters()
        .filter((text) => attribute.test(text))
        .map((text) => /\$(\w+)/.exec(text)?.[1]);
    const given = [...windowsPayload(FORWARDING).arguments.matchAll(/-(\w+) /g)].map(([, name]) => name);

    expect(names(/Mandatory/)).toEqual(given);
    expect(names(/./)).toEqual([...given, "WaitSeconds", "Watch"]);
  });

  it("takes lists from a shell, as one string, as well as from PowerShell", () => {
    expect(parameters()).toContainEqual(expect.stringMatching(/\[string\[\]\] \$Ports$/));
    expect(parameters()).toContainEqual(expect.stringMatching(/\[string\[\]\] \$AllowFrom$/));
    expect(SCRIPT).toContain("$Ports -split ','");
    expect(SCRIPT).toContain("$AllowFrom -split ','");
  });

  it("stops at the first error", () => {
    expect(calls("Set-StrictMode")).toEqual(["-Version 3.0"]);
    expect(SCRIPT).toContain("\n$ErrorActionPreference = 'Stop'\n");
    expect(SCRIPT).toContain("if ($LASTEXITCODE -ne 0) { throw ");
  });

  it("gives netsh these commands, and validated values only", () => {
    expect(calls("Invoke-Netsh")).toEqual([
      'interface portproxy add v4tov4 listenaddress=0.0.0.0 "listenport=$port" "connectaddress=$Target" "connectport=$port"',
      'interface portproxy delete v4tov4 "listenaddress=$($_.Address)" "listenport=$($_.Port)"',
      "int ipv4 set dynamicport tcp start=1025 num=64510",
      "interface portproxy show v4tov4",
    ]);
    expect(SCRIPT).toContain("\n$Target = ConvertTo-Address $TargetAddress\n");
    expect(SCRIPT.match(/\$TargetAddress/g)).toHaveLength(2);
  });

  it("opens the firewall for the sources and the load balancer's probe", () => {
    expect(SCRIPT).toContain('$rule = "HTTPS-$port-Inbound"');
    expect(SCRIPT).toContain("\n$ProbeSource = '168.63.129.16'\n");
    expect(calls("New-NetFirewallRule")).toEqual([
      "-DisplayName $rule -Group $Name -Direction Inbound -Action Allow -Protocol TCP -LocalPort $port -RemoteAddress ($PrefixList + $ProbeSource)",
    ]);
  });

  it("keeps the service and the watchdog running", () => {
    expect(calls("Set-Service")).toEqual(["-Name iphlpsvc -StartupType Automatic"]);
    expect(calls("Start-Service")).toEqual(["-Name iphlpsvc"]);
    expect(calls("New-ScheduledTaskTrigger")).toEqual([
      "-AtStartup",
      "-Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 1)",
    ]);
    expect(calls("New-ScheduledTaskSettingsSet")).toEqual([
      expect.stringContaining("-ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew"),
    ]);
    expect(calls("New-ScheduledTaskPrincipal")).toEqual([
      "-UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest",
    ]);
    expect(SCRIPT).toContain("-TargetAddress {1} -Ports {2} -AllowFrom {3} -Watch'");
  });

  it("looks at the result as a person would", () => {
    expect(calls("Test-NetConnection")).toEqual(["-ComputerName $Target -Port $port -WarningAction SilentlyContinue"]);
    expect(calls("Get-NetTCPConnection")).toEqual([
      "-State Listen -LocalAddress 0.0.0.0 -LocalPort $port -ErrorAction SilentlyContinue",
    ]);
  });

  it("never runs text as a command, restarts or downloads", () => {
    const names = commands(root).map(([name]) => name);

    expect(names).not.toContainEqual(
      expect.stringMatching(
        /^(iex|Invoke-(Expression|Command|WebRequest|RestMethod)|Restart-Computer|Start-Process)$/i,
      ),
    );
    expect(SCRIPT).not.toMatch(/https?:/);
  });
});
