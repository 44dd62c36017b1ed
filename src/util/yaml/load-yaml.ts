import type { z } from 'zod';
import type { Parsed } from '../../model/diagnostic.ts';
import { unlessErrors } from '../parsed.ts';
import { checkSchema } from './check-schema.ts';
import { readDocument } from './read-documents.ts';
import type { YamlFile, YamlText } from './yaml-file.ts';

/**
 * The one way in for every YAML file that people write: text → document → schema. All problems come back at once, each
 * with its place; the value comes back only when there are none.
 */
export const loadYaml = <Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): Parsed<YamlFile<z.output<Schema>>> => {
  const read = readDocument(file, text);
  if (!read.ok) return read;
  const parsed = checkSchema(read.value, schema);
  const diagnostics = [...read.diagnostics, ...parsed.diagnostics];
  return parsed.ok ? unlessErrors(parsed.value, diagnostics) : { ok: false, diagnostics };
};

export type { YamlFile, YamlText };
