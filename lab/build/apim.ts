import { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Apim } from "../read/model";
import { end, must, run, stay, until } from "../shell";
import { APIM } from "./topology";

/** The path of APIM's gateway that answers 200 without an API or a key. */
export const STATUS_PATH = "/status-0123456789abcdef";

/** APIM's stand-in: nginx with TLS, which knows its host names and refuses every other one. */
export class ApimServer {
  private process?: ChildProcess;
  /** The file of the authority that the clients trust. */
  readonly authority: string;

  constructor(
    private readonly folder: string,
    private readonly apim: Apim,
    private readonly ports: readonly number[],
    private readonly workers = 1,
  ) {
    mkdirSync(folder, { recursive: true });
    this.authority = join(folder, "authority.pem");
  }

  /** Makes a certificate that is valid for the host names, by an authority that dies with the lab. */
  async certify(): Promise<void> {
    const names = this.apim.hostNames.map((name) => `DNS:${name}`).join(",");
    const file = (name: string): string => join(this.folder, name);
    const key = ["-newkey", "rsa:2048", "-nodes"];
    await must([
      "openssl",
      "req",
      "-x509",
      ...key,
      "-subj",
      "/CN=lab authority",
      "-days",
      "2",
      "-keyout",
      file("authority.key"),
      "-out",
      this.authority,
    ]);
    await must([
      "openssl",
      "req",
      ...key,
      "-subj",
      "/CN=lab",
      "-keyout",
      file("server.key"),
      "-out",
      file("server.csr"),
    ]);
    writeFileSync(file("server.ext"), `subjectAltName=${names}\n`);
    await must([
      ...["openssl", "x509", "-req", "-in", file("server.csr"), "-CA", this.authority, "-CAkey", file("authority.key")],
      ...["-CAcreateserial", "-days", "2", "-extfile", file("server.ext"), "-out", file("server.pem")],
    ]);
  }

  /** Starts it and waits until it listens. */
  async start(): Promise<void> {
    const file = join(this.folder, "nginx.conf");
    writeFileSync(file, this.configuration());
    this.process = stay(["nginx", "-p", this.folder, "-c", file], join(this.folder, "nginx.log"), APIM);
    const listens = await until(async () => {
      const url = `https://${this.apim.hostNames[0]}:${this.ports[0]}${STATUS_PATH}`;
      const to = `${this.apim.hostNames[0]}:${this.ports[0]}:${this.apim.nic.address}`;
      const words = [
        "curl",
        "--disable",
        "--noproxy",
        "*",
        "-s",
        "-o",
        "/dev/null",
        "--max-time",
        "1",
        "--cacert",
        this.authority,
        "--resolve",
        to,
        url,
      ];
      return (await run(words, { namespace: APIM })).code === 0;
    }, 8_000);
    if (!listens) throw new Error(`nginx does not start: ${readFileSync(join(this.folder, "nginx.log"), "utf8")}`);
  }

  /** Stops it as a crash does: its port is closed at once. */
  async stop(): Promise<void> {
    if (this.process) await end(this.process, "SIGTERM");
  }

  private configuration(): string {
    const listen = (parameters: string): string =>
      this.ports
        .map((port) => `listen ${port} ssl reuseport backlog=4096 ${parameters};`.replaceAll(/ +;/g, ";"))
        .join(" ");
    const share = (): string => this.ports.map((port) => `listen ${port} ssl;`).join(" ");
    // one process needs no change of user, which a namespace of an unprivileged user does not allow.
    return `
user root root;
daemon off;
${this.workers > 1 ? `worker_processes ${this.workers};` : "master_process off;"}
pid ${this.folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 16000; multi_accept on; }
http {
  access_log off;
  server_tokens off;
  server_names_hash_bucket_size 512;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${this.folder}/${kind};`).join(" ")}
  ssl_certificate ${this.folder}/server.pem;
  ssl_certificate_key ${this.folder}/server.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  # every connection is a new client's.
  ssl_session_tickets off;
  client_header_timeout 600s;
  keepalive_timeout 300s;
  keepalive_requests 1000000000;
  types { }
  default_type text/plain;
  server { ${listen("default_server")} ssl_reject_handshake on; }
  server {
    ${share()}
    server_name ${this.apim.hostNames.join(" ")};
    location = ${STATUS_PATH} { return 200 "$remote_addr $host\\n"; }
    location /bulk/ { root ${this.folder}; sendfile on; tcp_nopush on; }
    location / { return 404; }
  }
}
`;
  }
}
