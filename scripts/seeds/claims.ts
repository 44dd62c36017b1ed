import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** What a run says of one variant: a verdict of a detection or a signal, or a value in a row of a result. */
const observation = z.strictObject({
  scenario: z.string(),
  variant: z.string(),
  detection: z.string().optional(),
  signal: z.string().optional(),
  /** What the seeds say comes of it. */
  verdict: z.string(),
  /** Some row of the detection's result has these values. */
  row: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

const claim = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9.-]+$/),
    /** What the seeds say, in our words. */
    says: z.string(),
    tried: z.array(observation).min(1).optional(),
    /** Found by reading the query or the product's documentation, and not by running. */
    read: z.enum(['untrue', 'unreachable']).optional(),
    /** Nothing here can tell. */
    untested: z.string().optional(),
    because: z.string().optional(),
  })
  .refine(
    ({ tried, read, untested }) => [tried, read, untested].filter((one) => one !== undefined).length === 1,
    'a claim is tried, read or untested',
  )
  .refine(({ read, because }) => read === undefined || because !== undefined, 'what was read needs a because');

const test = z.strictObject({
  test: z.string(),
  documented: z.strictObject({ scenario: z.string(), variant: z.string() }),
  changed: z.strictObject({ scenario: z.string(), variant: z.string(), change: z.string() }),
  /** Expected signals of the test's documentation → the signal that stands for it, or why none does. */
  signals: z.array(
    z.strictObject({
      says: z.string(),
      signal: z.string().optional(),
      because: z.string().optional(),
    }),
  ),
});

export const claimsSchema = z.strictObject({
  tests: z.array(test),
  sections: z.array(z.strictObject({ title: z.string(), claims: z.array(claim) })),
});

export type Claims = z.output<typeof claimsSchema>;
export type Claim = z.output<typeof claim>;
export type Observation = z.output<typeof observation>;

export const claimsFile = 'docs/seeds.yaml';

export const readClaims = (text = readFileSync(claimsFile, 'utf8')): Claims => claimsSchema.parse(parse(text));
