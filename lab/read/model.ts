import { Route } from "./routes";
import { SecurityGroup } from "./security-groups";

/** A virtual network. */
export interface Network {
  readonly id: string;
  readonly name: string;
  /** Its own prefixes, and those of what it is peered with. */
  readonly addressSpace: string[];
  /** Who is asked for names instead of Azure; empty where Azure is. */
  readonly dnsServers: readonly string[];
}

/** A subnet with the groups that guard whatever stands in it. */
export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly network: Network;
  readonly groups: SecurityGroup[];
  /** The routes that people gave it. */
  readonly routes: readonly Route[];
  /** Whether the deployment makes it; what it does not make may have security groups that it does not know. */
  readonly made: boolean;
  /** Whether network policies bind the NAT addresses of a Private Link Service here. */
  readonly natPolicies: boolean;
}

/** A network interface of a forwarder or of APIM, or a client. */
export interface Interface {
  readonly address: string;
  readonly subnet: Subnet;
  /** The groups of the interface itself. */
  readonly groups: SecurityGroup[];
  /** Whether it may send packets that are not its own. */
  readonly ipForwarding: boolean;
  /** The ids of the pools that it is in. */
  readonly pools: readonly string[];
}

/** One machine, or one instance of a scale set. */
export interface Forwarder {
  readonly name: string;
  readonly nic: Interface;
  /** The first boot's data, base64, as Azure takes it. */
  readonly customData: string;
  /** What its extensions run in it, also when it runs already. */
  readonly scripts: readonly string[];
  /** What it is made from, of another one of which it is made anew. */
  readonly origin: string;
  /** The size of the machine, for another one of which it is switched off. */
  readonly size: string;
  /** How a scale set changes its machines; a virtual machine has no such policy. */
  readonly upgrade?: UpgradePolicy;
}

/** How a scale set changes the machines that it has. */
export interface UpgradePolicy {
  /** How many of them at a time. */
  readonly percent: number;
  /** Seconds between two batches. */
  readonly pause: number;
}

/** A health probe. */
export interface Probe {
  readonly id: string;
  readonly name: string;
  readonly protocol: "tcp" | "http" | "https";
  readonly port: number;
  readonly path: string;
  readonly interval: number;
  readonly threshold: number;
}

/** A load-balancing rule. */
export interface LoadBalancerRule {
  readonly name: string;
  readonly frontendId: string;
  readonly protocol: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly pools: readonly string[];
  readonly probe?: Probe;
  readonly floatingIp: boolean;
}

/** A frontend of a load balancer. */
export interface Frontend {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly subnet?: Subnet;
}

/** A Private Link Service. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly subscription: string;
  readonly frontendIds: readonly string[];
  readonly nat: readonly { readonly address: string; readonly subnet: Subnet }[];
  readonly visibility: readonly string[];
  readonly autoApproval: readonly string[];
  readonly proxyProtocol: boolean;
}

/** A private endpoint. */
export interface Endpoint {
  readonly name: string;
  readonly address: string;
  readonly subnet: Subnet;
  /** The id or the alias that it asks for. */
  readonly target: string;
  readonly manual: boolean;
}

/** A private DNS zone with its records by full name. */
export interface Zone {
  readonly name: string;
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly aliases: ReadonlyMap<string, string>;
  /** Whether it was there before the deployment, with whatever else it captures. */
  readonly existing: boolean;
  /** The ids of the networks that get its answers. */
  readonly networks: readonly string[];
}

/** A consumer: one network with its endpoints. */
export interface Consumer {
  readonly name: string;
  readonly subscription: string;
  readonly network: Network;
  readonly endpoints: readonly Endpoint[];
  readonly zones: readonly Zone[];
  /** Where its client stands. */
  readonly client: Interface;
  /** The host names that its client has to reach. */
  readonly hostNames: readonly string[];
}

/** What stands at the end of the way: an APIM instance in internal mode, or another target. */
export interface Apim {
  readonly name: string;
  readonly nic: Interface;
  readonly hostNames: readonly string[];
  /** Whether it is somebody else's, of which the deployment knows the address only. */
  readonly existing: boolean;
  /** Whether it is APIM, which is called on port 443 in any case, and not some other service. */
  readonly gateway: boolean;
}

/** A design: everything that the lab builds. */
export interface Design {
  readonly apim: Apim;
  readonly networks: readonly Network[];
  readonly forwarders: readonly Forwarder[];
  readonly frontends: readonly Frontend[];
  readonly rules: readonly LoadBalancerRule[];
  readonly services: readonly Service[];
  readonly consumers: readonly Consumer[];
}

/** Thrown when a deployment is not one that the lab can run; nothing has been proved then. */
export class NotForTheLab extends Error {}
