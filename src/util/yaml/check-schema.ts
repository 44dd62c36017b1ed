import type { z } from 'zod';
import type { Parsed } from '../../model/diagnostic.ts';
import { describeIssues } from './describe-issues.ts';
import type { YamlFile } from './yaml-file.ts';

/** The value in the shape its schema asks for, or every way in which it has not. */
export const checkSchema = <Schema extends z.ZodType>(
  yaml: YamlFile<unknown>,
  schema: Schema,
): Parsed<YamlFile<z.output<Schema>>> => {
  const parsed = schema.safeParse(yaml.value);
  return parsed.success
    ? { ok: true, value: { ...yaml, value: parsed.data }, diagnostics: [] }
    : { ok: false, diagnostics: describeIssues(parsed.error.issues, schema, yaml.value, yaml) };
};
