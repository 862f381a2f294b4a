import { z } from "zod";
import { Kind, kindsOf } from "../../lib/azure/setting";

/** A JSON Schema, or a part of one. */
export type JsonNode = { [keyword: string]: unknown };

/**
 * The JSON Schema of what somebody writes. Where there are several kinds of a value, conditions choose one, so that an editor
 * complains about the key that is wrong and not about the keys of a kind that nobody meant.
 */
export function jsonSchemaOf(schema: z.ZodType): JsonNode {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const node = jsonSchema as JsonNode;
      const kinds = kindsOf(zodSchema);
      if (kinds) Object.assign(node, conditional(kinds));
      if (zodSchema instanceof z.ZodDiscriminatedUnion) discriminate(zodSchema._zod.def.discriminator, node);
      // what a section without keys means, its keys say.
      if (JSON.stringify(node.default) === "{}") delete node.default;
    },
  }) as JsonNode;
}

function conditional([kind, ...others]: readonly Kind<z.ZodType>[]): JsonNode {
  if (kind === undefined) return {};
  const { $schema: _, ...then } = jsonSchemaOf(kind.schema);
  if (kind.when === undefined) return then;
  const key = kind.when.required?.[0];
  // the key stands outside of the condition too, so that editors offer it before it is there.
  const offered = key === undefined ? {} : { properties: { [key]: (then.properties as JsonNode)[key] } };
  return { ...offered, if: kind.when, then, else: conditional(others) };
}

function discriminate(key: string, node: JsonNode): void {
  const options = (node.oneOf ?? node.anyOf) as { properties: Record<string, { const: string }> }[];
  const values = options.map((option) => option.properties[key]?.const);
  delete node.oneOf;
  delete node.anyOf;
  Object.assign(node, {
    type: "object",
    required: [key],
    properties: { [key]: { enum: values } },
    allOf: options.map((then, index) => ({
      if: { required: [key], properties: { [key]: { const: values[index] } } },
      then,
    })),
  });
}
