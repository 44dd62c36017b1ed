import { z } from 'zod';
import { complain, duration, identifier } from '../fields.ts';
import { servicesSchema } from '../topology/service-schema.ts';

const detectionVerdicts = ['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error'] as const;

const signalVerdicts = ['seen', 'absent', 'unobservable'] as const;

const shareForm = /^(\d{1,3})%?(?:\.\.(\d{1,3}))?%$/;

/** `100%`, or a range of shares: `40..60%`. */
const phaseShare = z
  .string()
  .meta({ pattern: shareForm.source })
  .transform((text, ctx) => {
    const [, low, high = low] = shareForm.exec(text) ?? [];
    const share = { min: Number(low), max: Number(high) };
    if (low !== undefined && share.min <= share.max && share.max <= 100) return share;
    complain(ctx, `"${text}" is no share of phases`, { code: 'schema/wrong-share', hint: 'write 100% or 40..60%' });
    return z.NEVER;
  });

const detectionExpectation = z.union([
  z.enum(detectionVerdicts).transform((verdict) => ({ verdict })),
  z.strictObject({ verdict: z.enum(detectionVerdicts), clause: z.string().optional(), phases: phaseShare.optional() }),
]);

const regularExpression = z
  .string()
  .meta({ format: 'regex' })
  .transform((text, ctx) => {
    try {
      return new RegExp(text, 'm').source;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      complain(ctx, message, {
        code: 'schema/wrong-regex',
        hint: 'put a backslash before what stands for itself: \\? \\[ \\(',
      });
      return z.NEVER;
    }
  });

const answer = z.strictObject({
  expect: regularExpression.describe('What the test asks: a regular expression of JavaScript.'),
  send: z.string().describe('What is typed then.'),
  enter: z.boolean().default(true).describe('Whether Enter follows; not where one key is waited for.'),
});

const settings = {
  atomic: z.string().optional().describe('GUID of a test, or its number: T1583.003-1.'),
  activity: identifier
    .optional()
    .describe('In place of an atomic: ordinary life, a file of benign/ without its .yaml.'),
  inputs: z
    .record(z.string(), z.union([z.string(), z.number()]).transform(String))
    .default({})
    .describe('Input of the test → value.'),
  roles: z
    .record(identifier, z.string())
    .default({})
    .describe('Role → host of the topology; every variant has a target.'),
  services: z
    .record(identifier, servicesSchema)
    .default({})
    .describe('Host → services that run for this variant alone.'),
  expect: z
    .strictObject({
      signals: z.record(z.string(), z.enum(signalVerdicts)).default({}).describe('Signal of the test → verdict.'),
      detections: z
        .record(z.string(), detectionExpectation)
        .default({})
        .describe('Detection → verdict, or verdict with the clause that decides and the share of start offsets.'),
    })
    .default({ signals: {}, detections: {} }),
  answers: z
    .array(answer)
    .optional()
    .describe('For a test that asks questions, in their order: its command then runs on a terminal.'),
  timeout: duration.optional(),
};

const settingsSchema = z.strictObject(settings);

export const scenarioSchema = z.strictObject({
  id: identifier.describe('The name of the file.'),
  name: z.string().min(1),
  description: z.string().default(''),
  topology: z.string().describe('Name of a topology below lab/topologies.'),
  environment: z
    .string()
    .optional()
    .describe('Name of an environment below environments: saved functions, watchlists and what the service knows.'),
  clock: z
    .strictObject({ scale: z.number().min(1).max(3600) })
    .default({ scale: 1 })
    .describe('How many times as fast as real time the clock runs: `scale: 60` makes a minute of an hour.'),
  detections: z.array(z.string()).default([]).describe('Ids, or patterns with * and ?.'),
  fresh_hosts: z
    .boolean()
    .default(false)
    .describe('Whether every variant gets a host of its own: a twin of the one it names, where another runs there.'),
  background: z
    .array(identifier)
    .default([])
    .describe('Activities of benign/ that go on meanwhile on every Windows host that a variant runs on.'),
  defaults: settingsSchema
    .prefault({})
    .describe(
      'What every variant has unless it says otherwise; inputs, roles, services and expectations merge name by name.',
    ),
  variants: z
    .record(identifier, z.strictObject({ description: z.string().default(''), ...settings }))
    .refine((variants) => Object.keys(variants).length > 0, 'a scenario needs a variant')
    .meta({ minProperties: 1 }),
});

export type ScenarioFile = z.output<typeof scenarioSchema>;

export type Settings = z.output<typeof settingsSchema>;
