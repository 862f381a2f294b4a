/** A unit of systemd as its file has it: sections, and in them every value of a key in order. */
export class UnitFile {
  private readonly values = new Map<string, string[]>();

  constructor(
    readonly name: string,
    text: string,
  ) {
    let section = "";
    for (const line of text
      .replaceAll(/\\\n/g, " ")
      .split("\n")
      .map((one) => one.trim())) {
      if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
      const header = /^\[(.+)\]$/.exec(line)?.[1];
      const [, key = "", value = ""] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
      if (header !== undefined) section = header;
      // an empty value takes back what came before it.
      else if (value === "") this.values.set(`${section}.${key}`, []);
      else this.values.set(`${section}.${key}`, [...this.all(section, key), value]);
    }
  }

  /** Every value of a key. */
  all(section: string, key: string): string[] {
    return this.values.get(`${section}.${key}`) ?? [];
  }

  /** The last value of a key. */
  one(section: string, key: string): string | undefined {
    return this.all(section, key).at(-1);
  }

  /** The words of all values of a key. */
  words(section: string, key: string): string[] {
    return this.all(section, key).flatMap((value) => value.split(/\s+/));
  }

  /** Whether a key is switched on. */
  on(section: string, key: string): boolean {
    return /^(yes|true|on|1)$/i.test(this.one(section, key) ?? "");
  }

  /** A time in milliseconds. */
  time(section: string, key: string, otherwise: number): number {
    const text = this.one(section, key);
    if (text === undefined) return otherwise;
    if (text === "infinity") return Infinity;
    const units: Record<string, number> = { "": 1000, s: 1000, sec: 1000, ms: 1, m: 60_000, min: 60_000, h: 3_600_000 };
    return [...text.matchAll(/([\d.]+)\s*([a-z]*)/g)].reduce(
      (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ""] ?? 1000),
      0,
    );
  }

  /** What the unit asks for that the lab does not know; such a unit may behave otherwise on a real machine. */
  unknown(): string[] {
    return [...this.values.keys()].filter((key) => !KNOWN.test(key));
  }
}

const KNOWN = new RegExp(
  [
    "^Unit\\.(Description|Documentation|Requires|Wants|BindsTo|PartOf|Requisite|After|Before|Conflicts|DefaultDependencies)$",
    "^Unit\\.(StartLimitIntervalSec|StartLimitBurst|ConditionPathExists|AssertPathExists|OnFailure)$",
    "^Install\\.(WantedBy|RequiredBy|Also|Alias)$",
    "^Service\\.(Type|RemainAfterExit|ExecStart|ExecStartPre|ExecStartPost|ExecStop|ExecStopPost|ExecReload)$",
    "^Service\\.(Restart|RestartSec|Timeout(Start|Stop)?Sec|Environment|EnvironmentFile|WorkingDirectory|User|Group)$",
    "^Service\\.(CapabilityBoundingSet|AmbientCapabilities|NoNewPrivileges|ProtectSystem|ReadWritePaths|PrivateNetwork)$",
    "^Service\\.(StandardOutput|StandardError|StandardInput|SyslogIdentifier|KillMode|KillSignal|SuccessExitStatus)$",
    "^Service\\.(Limit\\w+|Nice|OOM\\w+|CPU\\w+|Memory\\w+|Tasks\\w+|Slice|UMask|RuntimeDirectory\\w*|StateDirectory)$",
    // these take things away that a forwarder has no use for.
    "^Service\\.(Protect(Home|KernelLogs|Clock|Hostname|ControlGroups)|Private(Tmp|Devices)|LockPersonality)$",
    "^Service\\.(MemoryDenyWriteExecute|Restrict(Realtime|SUIDSGID)|KeyringMode|SystemCallArchitectures)$",
  ].join("|"),
);
