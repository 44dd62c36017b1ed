import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const option = z.strictObject({ value: z.boolean(), because: z.string(), source: z.string() });

const common = {
  table: z.string(),
  /** A condition on the table's own columns. */
  where: z.string(),
  because: z.string(),
  /** Where that is known from, or that it is not. */
  source: z.string(),
};

const alike = {
  /** Columns whose values are the same in rows that are alike. */
  by: z.array(z.string()).min(1),
  /** From the first row on that is alike, again and again. */
  hours: z.number().positive(),
};

const transform = z.discriminatedUnion('kind', [
  /** Drops rows that do not meet the condition. */
  z.strictObject({ kind: z.literal('filter'), ...common }),
  /** Of rows that meet it and are alike, the first in so many hours stays. */
  z.strictObject({ kind: z.literal('first'), ...common, ...alike }),
  /** Of two rows or more that meet it and are alike, a report: the last one's values, this action, and how many they were. */
  z.strictObject({ kind: z.literal('aggregate'), ...common, ...alike, action: z.string() }),
]);

const profileFile = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** Profiles whose options and transforms this one has too; the later goes before the earlier, and what this one says before both. */
  based_on: z.array(z.string()).default([]),
  options: z.record(z.string(), option).default({}),
  transforms: z.array(transform).default([]),
});

export type Transform = z.output<typeof transform>;

/**
 * How a fleet's sensors are set up, and what they do to what they see before it is a row: the same drill may be judged as a
 * product with another profile would show it. Options are read by the tables' expressions as `profile('name')`.
 */
export type SensorProfile = Omit<z.output<typeof profileFile>, 'based_on'>;

/** What a profile adds to `lab`, on which all others rest: a base that it says nothing of does not undo another's. */
const ownParts = (name: string): SensorProfile => {
  const { based_on: bases, ...own } = profileFile.parse(
    parse(readFileSync(join(import.meta.dirname, 'profiles', `${name}.yaml`), 'utf8')),
  );
  const parts = [...bases.filter((base) => base !== 'lab').map(ownParts), own];
  return {
    ...own,
    options: Object.assign({}, ...parts.map(({ options }) => options)) as SensorProfile['options'],
    transforms: parts.flatMap(({ transforms }) => transforms),
  };
};

export const loadProfile = (name: string): SensorProfile => {
  const { options } = ownParts('lab');
  const profile = ownParts(name);
  return { ...profile, options: { ...options, ...profile.options } };
};
