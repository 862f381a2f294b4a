import { gunzipSync } from "node:zlib";
import { Json, object, text } from "./json";

/** The scripts that custom script extensions run in a machine, each as it is there. */
export function scriptsOf(extensions: readonly unknown[]): string[] {
  return extensions
    .map(object)
    .flatMap((extension) =>
      [extension.settings, extension.protected_settings].flatMap((settings) => script(settingsOf(settings))),
    );
}

function settingsOf(settings: unknown): Json {
  return typeof settings === "string" && settings !== "" ? object(JSON.parse(settings)) : object(settings);
}

/** https://learn.microsoft.com/azure/virtual-machines/extensions/custom-script-linux */
function script(settings: Json): string[] {
  const command = text(settings.commandToExecute);
  const encoded = text(settings.script);
  if (encoded === "") return command === "" ? [] : [command];
  const raw = Buffer.from(encoded, "base64");
  return [(raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString("utf8")];
}

/** The extensions of a virtual machine, which are resources of their own. */
export function extensionsOf(resources: readonly Json[], machine: unknown): Json[] {
  return resources.filter((extension) => extension.virtual_machine_id === machine);
}
