import { z } from 'zod';
import { identifier, packageName } from '../fields.ts';

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

/** What the test asks of its lab, then signal id → signal. */
const testSchema = z
  .object({
    /** Debian packages that the host needs which runs the test: `needs: [nmap]`. */
    needs: z.array(packageName).default([]),
    /** The role whose host runs the test. */
    runs_on: identifier.default('target'),
  })
  .catchall(signalSchema)
  .superRefine((test, ctx) => {
    const wrong = Object.keys(test).filter((key) => key !== 'runs_on' && !identifier.safeParse(key).success);
    for (const id of wrong)
      ctx.addIssue({
        code: 'custom',
        path: [id],
        message: `"${id}" cannot be the name of a signal: lower-case letters, digits, dots and dashes`,
        params: { code: 'schema/invalid-key' },
      });
  });

/** `signals.yaml`: test GUID → what it asks and what it leaves. */
export const signalFileSchema = z.record(
  z.guid('not the GUID of a test').transform((guid) => guid.toLowerCase()),
  testSchema,
);

export type SignalEntry = z.output<typeof signalSchema>;
