import { gatewayOf } from "../read/ip";
import { Forwarder } from "../read/model";

/**
 * The files that cloud-init finds at a machine's first boot: what Azure hands over, in the form that cloud-init takes
 * from a disk.
 */
export function seedFiles({ name, nic, customData }: Forwarder): [string, Buffer][] {
  const metadata = { "instance-id": `i-${name}`, "local-hostname": name.replaceAll(/[^A-Za-z\d-]/g, "-") };
  const network = {
    version: 2,
    ethernets: {
      eth0: {
        addresses: [`${nic.address}/${nic.subnet.prefix.split("/")[1]}`],
        routes: [{ to: "0.0.0.0/0", via: gatewayOf(nic.subnet.prefix) }],
      },
    },
  };
  return [
    ["user-data", Buffer.from(customData, "base64")],
    // JSON is YAML too.
    ["meta-data", Buffer.from(JSON.stringify(metadata))],
    ["network-config", Buffer.from(JSON.stringify(network))],
  ];
}
