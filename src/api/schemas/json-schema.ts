import { z } from 'zod';
import type { OurFormat } from './our-formats.ts';

/** Draft 7: what the editors' YAML servers read best. */
const draft = 'draft-7';

/** Where a format's schema is kept: in the package, and in a project that `init` began. */
export const schemaFile = (name: string): string => `${name}.schema.json`;

/** A format as JSON Schema, from the declaration that its loader checks by: what people write, before defaults are put in. */
export const jsonSchemaOf = ({ title, files, schema }: OurFormat): Readonly<Record<string, unknown>> => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: draft, io: 'input', unrepresentable: 'any' });
  return { $schema, title, $comment: files, ...rest };
};

export const renderJsonSchema = (format: OurFormat): string => `${JSON.stringify(jsonSchemaOf(format), null, 2)}\n`;
