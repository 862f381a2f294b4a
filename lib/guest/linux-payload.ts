import { isMap, isSeq, parseDocument, Scalar } from "yaml";
import { Forwarding, throwIfUnsound } from "./forwarding";
import { guestFile } from "./guest-file";

/** The lines of the cloud-config that makes an Ubuntu server a forwarder, for `custom_data`. Nothing is downloaded. */
export function linuxPayload(forwarding: Forwarding): string[] {
  throwIfUnsound(forwarding);

  const { targetAddress, ports, allowFrom } = forwarding;
  const values: Record<string, Record<string, string>> = {
    "forward.nft": {
      "define target_address = ": targetAddress,
      "define ports = ": `{ ${ports.join(", ")} }`,
      "define allowed_sources = ": `{ ${allowFrom.join(", ")} }`,
    },
    "forwarder.env": {
      "TARGET_ADDRESS=": targetAddress,
      "HEALTH_PORT=": String(ports[0]),
    },
  };

  const config = parseDocument(guestFile("linux/cloud-config.yaml"));
  const files = config.get("write_files");
  for (const file of isSeq(files) ? files.items.filter(isMap) : []) {
    const name = String(file.get("content"));
    const content = new Scalar(guestFile(`linux/${name}`, values[name]));
    content.type = Scalar.BLOCK_LITERAL;
    file.set("content", content);
  }
  return config.toString({ lineWidth: 0 }).trimEnd().split("\n");
}

/**
 * The lines of the script that brings a running machine to the state that a cloud-config describes.
 *
 * @param cloudConfig the cloud-config in base64, as `custom_data` takes it
 */
export function linuxRefresh(cloudConfig: string): string[] {
  return guestFile("linux/refresh.sh", { "cloud_config=": cloudConfig }).trimEnd().split("\n");
}
