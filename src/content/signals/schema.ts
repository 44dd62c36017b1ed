import { z } from 'zod';
import { identifier } from '../fields.ts';

/** A whole number, or the input that holds it: `'#{count}'`. */
const countValue = z.union([z.int().nonnegative(), z.string()]);

const matchValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const signalSchema = z.strictObject({
  description: z.string().min(1),
  table: z.string().min(1),
  on: z.string().min(1).default('target'),
  where: z
    .record(z.string().min(1), z.union([matchValue, z.array(matchValue).min(1)]))
    .refine((where) => Object.keys(where).length > 0, 'a signal must ask for something'),
  count: z
    .union([countValue, z.strictObject({ min: countValue.optional(), max: countValue.optional() })])
    .default({ min: 1 }),
  every: z.strictObject({ interval: z.string(), tolerance: z.string() }).optional(),
  ordered_after: z.string().optional(),
});

/** `signals.yaml`: test GUID → signal id → signal. */
export const signalFileSchema = z.record(
  z.guid('not the GUID of a test').transform((guid) => guid.toLowerCase()),
  z.record(identifier, signalSchema),
);

export type SignalEntry = z.output<typeof signalSchema>;
