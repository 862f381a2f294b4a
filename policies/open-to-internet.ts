import { isInternet, ruleInWords } from "../review/findings/rules";
import { policy } from "./judge/policy";

export default policy({
  name: "open-to-internet",
  why: "A security group is the last thing between a machine and whoever finds a way to it, so it names who may come.",
  judge: ({ rules }) =>
    rules
      .filter(({ allows, inbound, from }) => allows && inbound && from.some(isInternet))
      .map((rule) => ({ address: rule.address, said: `lets the internet in: ${ruleInWords(rule)}` })),
});
