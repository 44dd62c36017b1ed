import { z } from 'zod';
import { complain, duration, identifier } from '../fields.ts';
import { servicesSchema } from '../topology/service-schema.ts';

const detectionVerdicts = ['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error'] as const;

const signalVerdicts = ['seen', 'absent', 'unobservable'] as const;

/** `100%`, or a range of shares: `40..60%`. */
const phaseShare = z.string().transform((text, ctx) => {
  const [, low, high = low] = /^(\d{1,3})%?(?:\.\.(\d{1,3}))?%$/.exec(text) ?? [];
  const share = { min: Number(low), max: Number(high) };
  if (low !== undefined && share.min <= share.max && share.max <= 100) return share;
  complain(ctx, `"${text}" is no share of phases`, { code: 'schema/wrong-share', hint: 'write 100% or 40..60%' });
  return z.NEVER;
});

const detectionExpectation = z.union([
  z.enum(detectionVerdicts).transform((verdict) => ({ verdict })),
  z.strictObject({ verdict: z.enum(detectionVerdicts), clause: z.string().optional(), phases: phaseShare.optional() }),
]);

const settings = {
  /** GUID of a test, or its number: `T1583.003-1`. */
  atomic: z.string().optional(),
  inputs: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  /** Role → host. */
  roles: z.record(identifier, z.string()).default({}),
  /** Host → services that run for this variant alone. */
  services: z.record(identifier, servicesSchema).default({}),
  expect: z
    .strictObject({
      signals: z.record(z.string(), z.enum(signalVerdicts)).default({}),
      detections: z.record(z.string(), detectionExpectation).default({}),
    })
    .default({ signals: {}, detections: {} }),
  timeout: duration.optional(),
};

const settingsSchema = z.strictObject(settings);

export const scenarioSchema = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  description: z.string().default(''),
  /** Name of a topology. */
  topology: z.string(),
  /** Ids, or patterns with `*` and `?`. */
  detections: z.array(z.string()).default([]),
  /** What every variant has unless it says otherwise; inputs, roles, services and expectations are merged name by name. */
  defaults: settingsSchema.prefault({}),
  variants: z
    .record(identifier, z.strictObject({ description: z.string().default(''), ...settings }))
    .refine((variants) => Object.keys(variants).length > 0, 'a scenario needs a variant'),
});

export type ScenarioFile = z.output<typeof scenarioSchema>;

export type Settings = z.output<typeof settingsSchema>;
