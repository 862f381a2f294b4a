import { Json, object } from "../read/json";
import { Stack } from "../read/stacks";
import { Remark } from "./finding";
import { SECRET_NAME } from "./secret-text";
import { Situation } from "./situation";
import { code } from "./words";

/** Secrets that a stack shows: in outputs, in variables, and in what says who deploys and where its state is. */
export function shown({ plan: { stacks } }: Situation): Remark[] {
  const [before, after] = stacks;
  return [...outputs(before, after), ...presets(before, after), ...credentials(before, after)];
}

function outputs(before: Stack | undefined, after: Stack | undefined): Remark[] {
  const secret = new Set(
    Object.entries(object(after?.json.variable)).flatMap(([name, body]) =>
      object(body).sensitive === true || object(object(before?.json.variable)[name]).sensitive === true ? [name] : [],
    ),
  );
  const shows = (value: Json | undefined): boolean => {
    const text = JSON.stringify(value ?? null);
    const used = Array.from(text.matchAll(/\bvar\.([\w-]+)/g), ([, name = ""]) => name);
    return /\bnonsensitive\(/.test(text) || used.some((name) => secret.has(name));
  };
  return Object.entries(object(after?.json.output))
    .filter(([name, body]) => JSON.stringify(body) !== JSON.stringify(object(before?.json.output)[name]) && shows(body))
    .map(([name]) => ({
      addresses: [],
      why: `The output ${code(name)} gives a secret to everybody who reads the state${/nonsensitive/.test(JSON.stringify(object(after?.json.output)[name])) ? ", and shows it wherever Terraform runs" : ""}.`,
      instead: "Leave the secret out of the outputs.",
    }));
}

/** Variables of secrets that get a value in the Terraform itself, or are no longer kept out of what Terraform prints. */
function presets(before: Stack | undefined, after: Stack | undefined): Remark[] {
  return Object.entries(object(after?.json.variable)).flatMap(([name, body]): Remark[] => {
    const [old, now] = [object(object(before?.json.variable)[name]), object(body)];
    const open = old.sensitive === true && now.sensitive !== true;
    const preset = typeof now.default === "string" && now.default !== "" && now.default !== old.default;
    return [
      ...(open
        ? [
            {
              addresses: [],
              why: `The variable ${code(name)} is no secret to Terraform any more: plans and logs show its value.`,
              instead: "Keep it sensitive.",
            },
          ]
        : []),
      ...(preset && (now.sensitive === true || SECRET_NAME.test(name))
        ? [
            {
              addresses: [],
              why: `A secret stands in the Terraform itself, for everybody who reads the repository: the default of the variable ${code(name)}.`,
              instead: "Take it out and make another one; hand it over when it is deployed.",
            },
          ]
        : []),
    ];
  });
}

/** Keys of the backend and of providers. */
function credentials(before: Stack | undefined, after: Stack | undefined): Remark[] {
  const of = (stack: Stack | undefined): string[] => [
    ...keysBelow("the backend", object(stack?.json.terraform).backend),
    ...keysBelow("a provider", stack?.json.provider),
  ];
  const old = of(before);
  return of(after)
    .filter((one) => !old.includes(one))
    .map((one) => one.split("\n")[0] ?? "")
    .map((what) => ({
      addresses: [],
      why: `A secret stands in the Terraform itself, for everybody who reads the repository: ${what}.`,
      instead: "Take it out and make another one; let whoever deploys log in.",
    }));
}

/** What holds a secret, with the secret behind it on a line of its own. */
function keysBelow(where: string, json: Json | undefined): string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap((one) => keysBelow(where, one));
  return Object.entries(object(json)).flatMap(([key, value]) =>
    typeof value === "string"
      ? SECRET_NAME.test(key) && value !== "" && !value.includes("${")
        ? [`${code(key)} of ${where}\n${value}`]
        : []
      : keysBelow(where, value),
  );
}
