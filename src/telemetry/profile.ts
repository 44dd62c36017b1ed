import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const option = z.strictObject({ value: z.boolean(), because: z.string() });

/** Drops rows of a table: `where` is a condition on the table's own columns that the rows which stay meet. */
const filter = z.strictObject({ kind: z.literal('filter'), table: z.string(), where: z.string(), because: z.string() });

const profileFile = z.strictObject({
  name: z.string(),
  description: z.string(),
  options: z.record(z.string(), option),
  transforms: z.array(filter).default([]),
});

/**
 * How a fleet's sensors are set up, and what they do to what they see before it is a row: the same drill may be judged as a
 * product with another profile would show it. Options are read by the tables' expressions as `profile('name')`.
 */
export type SensorProfile = z.output<typeof profileFile>;

export const loadProfile = (name: string): SensorProfile => {
  const file = join(import.meta.dirname, 'profiles', `${name}.yaml`);
  return profileFile.parse(parse(readFileSync(file, 'utf8')));
};
