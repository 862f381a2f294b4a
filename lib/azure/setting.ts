import { z } from "zod";
import { Check, shown, wholeNumber } from "./check";
import { complaintOf } from "./complaint";

// most schemas are asked once or twice, for which compiling them takes longer than it saves.
z.config({ jitless: true });

// the vocabulary of settings: a tier says with it once what people can set, and props, defaults, checks, the section of the
// deployment file, its JSON Schema and the reference page follow. What a key means stands in the comment before it.

/** Text; what a check says of it, a JSON Schema says too as far as it can. */
export function text(check?: Check<string>) {
  return asked(z.string(), check);
}

/** A whole number. */
export function whole(min: number, max: number, unit?: string) {
  return asked(z.number(), wholeNumber(min, max, unit));
}

/** A schema whose values a check is asked about. */
export function asked<S extends z.ZodType>(schema: S, check?: Check<z.output<S>>): S {
  if (check === undefined) return schema;
  const asking = schema.superRefine((value, context) => {
    const complaint = check(value);
    if (complaint !== undefined) context.addIssue({ code: "custom", message: complaint });
  });
  return check.schema === undefined ? asking : asking.meta(check.schema);
}

/** True or false. */
export function flag() {
  return z.boolean();
}

/** One of several words. */
export function choice<const W extends readonly [string, ...string[]]>(...words: W) {
  return z.enum(words);
}

/** A list. */
export function list<E extends z.ZodType>(element: E) {
  return z.array(element);
}

/** A list that holds nothing twice. */
export function listOnce<E extends z.ZodType>(element: E) {
  return list(element)
    .superRefine((all, context) => {
      const first = new Map(all.map((value, index) => [value, index] as const).reverse());
      all.forEach((value, index) => {
        if (first.get(value) === index) return;
        context.addIssue({
          code: "custom",
          path: [index],
          message: `must not be listed twice, got ${shown(value)} again`,
        });
      });
    })
    .meta({ uniqueItems: true });
}

/** A section with these keys and no others. */
export function section<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape);
}

/** What tells a kind from the others, in the words of JSON Schema: that a value is a section, or has a key. */
type Condition = { readonly type: "object"; readonly required?: readonly [key: string] };

/** One kind of a value, and the condition by which it is told; the last kind has none and is all the rest. */
export interface Kind<S extends z.ZodType> {
  readonly when?: Condition;
  readonly schema: S;
}

/** The condition that a value is a section with a key. */
export function withKey(key: string): Condition {
  return { type: "object", required: [key] };
}

/** The kinds of a section by their names. */
type KindsByName = Readonly<Record<string, Kind<z.ZodType>>>;

/** A section of several kinds once it is read: its values, and under `kind` which kind it is. */
type Told<K extends KindsByName> = { [N in keyof K]: { readonly kind: N } & z.output<K[N]["schema"]> }[keyof K];

/** A section of several kinds as somebody writes it. */
type Written<K extends KindsByName> = { [N in keyof K]: z.input<K[N]["schema"]> }[keyof K];

/** A section that has been read. */
class Read {
  constructor(kind: string, values: object) {
    Object.assign(this, values, { kind });
  }
}

const made = new WeakMap<object, readonly Kind<z.ZodType>[]>();

/** The kinds of a schema that `kinds` made, for those who write a schema down; undefined for any other. */
export function kindsOf(schema: object): readonly Kind<z.ZodType>[] | undefined {
  return made.get(schema);
}

/**
 * A section of several kinds, each told by a condition; what is read says under `kind` which one it is. What has
 * been read can be read again, so that a construct takes a section of a file as well as what somebody writes by hand.
 */
export function kinds<K extends KindsByName>(of: K): z.ZodType<Told<K>, Written<K> | Told<K>>;
export function kinds(of: KindsByName): z.ZodType {
  const all = Object.entries(of);
  const tellers = all.flatMap(([, { when }]) => when?.required ?? []);
  const schema: z.ZodType = z.unknown().transform((value, context): unknown => {
    if (value instanceof Read) return value;
    for (const [kind, { when, schema: chosen }] of all) {
      if (when !== undefined && !holds(when, value)) continue;
      // the last kind is also what a misspelt teller leads to.
      const further = (path: readonly PropertyKey[] = []) => (when === undefined && path.length === 0 ? tellers : []);
      const read = chosen.safeParse(value, { error: (issue) => complaintOf(issue, further(issue.path)) });
      if (read.success) return new Read(kind, read.data as object);
      for (const issue of read.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
      break;
    }
    return z.NEVER;
  });
  made.set(schema, Object.values(of));
  return schema;
}

function holds({ required }: Condition, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return required === undefined || required[0] in value;
}
