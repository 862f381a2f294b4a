import { factsOf } from "../facts/facts";
import { blocks } from "../plan/differences";
import { Change } from "../plan/stack-plan";
import { fingerprint, isValueObject, plainText, Term, Value } from "../plan/value";
import { Finding, Remark } from "./finding";
import { SECRET_NAME, secretsIn, secretsInText } from "./secret-text";
import { shown } from "./shown-secrets";
import { afterOf, beforeOf, called, Situation } from "./situation";
import { object } from "../read/json";
import { code } from "./words";

// payloads that machines need anyway; what is in them is reviewed as their text.
const PAYLOAD = /custom_data$|protected_settings$|user_data$/;
const saysSecret = (name: string): boolean => SECRET_NAME.test(name) || /(validation_key|certificate)$/i.test(name);
const NO_SECRET = /disable_password_authentication|key_vault/;

/** The types of resources that are identities or rights. */
export const RIGHTS =
  /^azurerm_(role_assignment|role_definition|user_assigned_identity|federated_identity_credential|key_vault_access_policy)$/;

/** Secrets, identities and rights that appear. */
export function secrets(situation: Situation): Finding[] {
  if (situation.change === "removed") return [];
  const base = { kind: "secret" as const, stack: situation.name, consumers: [] };
  const found = [...situation.plan.changes.values()].flatMap((change) => [
    ...valuesThatAppear(situation, change).map(([path, literal]) => ({
      addresses: [change.address],
      why: literal
        ? `A secret stands in the Terraform itself, for everybody who reads the repository: ${code(path)} of ${called(situation, change)}.`
        : `A secret appears: ${code(path)} of ${called(situation, change)}. Terraform keeps it in the state.`,
      instead: literal
        ? "Take it out and make another one; hand it over as a variable."
        : "Make sure that few can read the state.",
    })),
    ...identities(situation, change),
  ]);
  return [...found, ...locals(situation), ...variables(situation), ...shown(situation)].map((one) => ({
    ...base,
    ...one,
  }));
}

function valuesThatAppear(situation: Situation, change: Change): [path: string, literal: boolean][] {
  if (change.after === undefined) return [];
  const facts = factsOf(change.type);
  const isSecret = (path: string): boolean => {
    const known = facts?.arguments[path];
    return !PAYLOAD.test(path) && !NO_SECRET.test(path) && (known ? known.secret === true : saysSecret(path));
  };
  const had = leaves("", change.before ? beforeOf(situation, change) : {});
  const paths = new Set(had.map(([path]) => path));
  const values = new Set(had.map(([path, value]) => `${path} ${fingerprint(value)}`));
  const shapes = new Set(had.flatMap(([path, value]) => secretsIn(path, value)));
  const found = leaves("", afterOf(situation, change))
    .filter(([path, value]) => !values.has(`${path} ${fingerprint(value)}`))
    .flatMap(([path, value]): [string, boolean][] => {
      if (secretsIn(path, value).some((one) => !shapes.has(one))) return [[path, true]];
      // one that is handed over as a variable may be another one each time.
      const isNew = typeof value !== "boolean" && (!(value instanceof Term) || !paths.has(path));
      return isNew && isSecret(path) ? [[path, !(value instanceof Term)]] : [];
    });
  return [...new Map(found)];
}

function leaves(path: string, value: Value | undefined): [string, Value][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((one) => leaves(path, one));
  return isValueObject(value)
    ? Object.entries(value).flatMap(([key, one]) => leaves(path === "" ? key : `${path}.${key}`, one))
    : [[path, value]];
}

function identities(situation: Situation, change: Change): Remark[] {
  if (change.action === "create" && RIGHTS.test(change.type)) {
    const { role_definition_name: role, scope } = afterOf(situation, change);
    const what = typeof role === "string" ? `${code(role)} on ${code(plainText(scope))}` : called(situation, change);
    return [
      {
        addresses: [change.address],
        why: `An identity or a right appears: ${what}.`,
        instead: "Check that it needs this much.",
      },
    ];
  }
  const had = change.before ? blocks(situation.plan.before.arguments(change.before).identity) : [];
  const has = change.after ? blocks(afterOf(situation, change).identity) : [];
  if (has.length === 0 || had.length > 0) return [];
  return [
    {
      addresses: [change.address],
      why: `${called(situation, change)} gets an identity of its own.`,
      instead: "Check which rights it is given.",
    },
  ];
}

function locals(situation: Situation): Remark[] {
  const [before, after] = situation.plan.stacks.map((stack) => object(stack?.json.locals));
  const known = new Set(secretsInText(JSON.stringify(before ?? {})));
  return Object.entries(after ?? {})
    .filter(([name, value]) => JSON.stringify(before?.[name]) !== JSON.stringify(value))
    .filter(
      ([name, value]) =>
        (saysSecret(name) && typeof value === "string" && !value.includes("${")) ||
        secretsInText(JSON.stringify(value)).some((one) => !known.has(one)),
    )
    .map(([name]) => ({
      addresses: [],
      why: `A secret stands in the Terraform itself, for everybody who reads the repository: the local value ${code(name)}.`,
      instead: "Take it out and make another one; hand it over as a variable.",
    }));
}

function variables(situation: Situation): Remark[] {
  const [before, after] = situation.plan.stacks.map((stack) => object(stack?.json.variable));
  const more = Object.keys(after ?? {}).filter(
    (name) => !(name in (before ?? {})) && object(after?.[name]).sensitive === true,
  );
  return more.map((name) => ({
    addresses: [],
    why: `The stack asks for a secret: the variable ${code(name)}.`,
    instead: `Set ${code(`TF_VAR_${name}`)} where it is deployed, never in a file.`,
  }));
}
