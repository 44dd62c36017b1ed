import type { z } from 'zod';
import { isError, type Diagnostic, type Parsed } from '../../model/diagnostic.ts';
import { checkSchema } from './check-schema.ts';
import type { Path } from './locate.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * Checks a format that others own: keys that its schema does not know are warnings, since a product may have learned them
 * since. Everything else is as strict as with our own.
 */
export const checkForeign = <Schema extends z.ZodType>(
  yaml: YamlFile<unknown>,
  schema: Schema,
): Parsed<YamlFile<z.output<Schema>>> => {
  const unknown = unknownKeys(schema.safeParse(yaml.value).error?.issues ?? []);
  const strict = checkSchema(yaml, schema);
  if (unknown.length === 0 || strict.ok) return strict;
  const known = checkSchema({ ...yaml, value: without(yaml.value, unknown) }, schema);
  // A key that is missing because it was misspelled is one mistake, and an error.
  if (!known.ok) return strict;
  return { ...known, diagnostics: strict.diagnostics.map(toWarning) };
};

const toWarning = (diagnostic: Diagnostic): Diagnostic =>
  isError(diagnostic) ? { ...diagnostic, severity: 'warning' } : diagnostic;

const unknownKeys = (issues: readonly z.core.$ZodIssue[]): readonly Path[] =>
  issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : []));

const without = (value: unknown, paths: readonly Path[]): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => without(item, below(paths, index)));
  if (typeof value !== 'object' || value === null) return value;
  const dropped = new Set(paths.filter((path) => path.length === 1).map(([key]) => key));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dropped.has(key))
      .map(([key, item]) => [key, without(item, below(paths, key))]),
  );
};

const below = (paths: readonly Path[], step: PropertyKey): readonly Path[] =>
  paths.filter((path) => path.length > 1 && path[0] === step).map((path) => path.slice(1));
