import { z } from "zod";
import { object } from "../review/read/json";
import { policy } from "./judge/policy";

export default policy({
  name: "remote-state",
  why: "A state on one machine is lost with it, and nothing keeps two people from applying at once.",
  parameters: {
    remoteState: z.boolean(),
  },
  judge: ({ json }, { remoteState }) => {
    const { backend, cloud } = object(json.terraform);
    const [kind] = Object.keys(object(backend));
    if (!remoteState || cloud !== undefined || (kind !== undefined && kind !== "local")) return [];
    return [{ address: "terraform", said: kind ? "keeps the state in a local file" : "has no backend: a local file" }];
  },
});
