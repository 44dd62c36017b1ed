import { z } from 'zod';
import { identifier, packageName } from '../fields.ts';

/** A whole number, or the input that holds it: `'#{count}'`. */
const countValue = z.union([z.int().nonnegative(), z.string()]);

const matchValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const signalSchema = z.strictObject({
  description: z.string().min(1).describe('What the test leaves behind, in one sentence.'),
  table: z.string().min(1).describe('A product table: Sysmon-3, DeviceNetworkEvents, SigninLogs …'),
  on: z.string().min(1).default('target').describe('The role whose host it is looked for on.'),
  where: z
    .record(z.string().min(1), z.union([matchValue, z.array(matchValue).min(1)]))
    .refine((where) => Object.keys(where).length > 0, 'a signal must ask for something')
    .meta({
      minProperties: 1,
      description: 'Column, with modifiers as Sigma has them (DestinationPort, CommandLine|contains), and value.',
    }),
  count: z
    .union([countValue, z.strictObject({ min: countValue.optional(), max: countValue.optional() })])
    .default({ min: 1 })
    .describe('How many rows: a number, or min and max; at least one when absent.'),
  every: z
    .strictObject({ interval: z.string(), tolerance: z.string() })
    .optional()
    .describe('The median time between rows: `{ interval: 5s, tolerance: 1s }`.'),
  ordered_after: z.string().optional().describe('Another signal of this test, whose first row comes before.'),
});

/** What the test asks of its lab, then signal id → signal. */
const testSchema = z
  .object({
    needs: z
      .array(packageName)
      .default([])
      .describe('Debian packages that the host needs which runs the test: `needs: [nmap]`.'),
    runs_on: identifier.default('target').describe('The role whose host runs the test.'),
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
