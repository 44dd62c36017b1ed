import { z } from 'zod';
import type { Path } from './locate.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that a schema allows in the mapping at a path; every branch of a union counts. */
export const knownKeys = (schema: z.ZodType, path: Path): readonly string[] => {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const here = path.reduce<JsonSchema[]>((schemas, step) => schemas.flatMap((one) => below(one, step)), branches(root));
  return [...new Set(here.flatMap((one) => Object.keys(one.properties ?? {})))];
};

const below = (schema: JsonSchema, step: PropertyKey): JsonSchema[] => {
  const next =
    typeof step === 'number' ? schema.items : (schema.properties?.[String(step)] ?? schema.additionalProperties);
  return isSchema(next) ? branches(next) : [];
};

const branches = (schema: JsonSchema): JsonSchema[] => {
  const options = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(isSchema);
  return options.length === 0 ? [schema] : options.flatMap(branches);
};

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
