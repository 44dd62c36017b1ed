import { z } from 'zod';
import { complain, duration, technique } from '../fields.ts';

const severities = ['Informational', 'Low', 'Medium', 'High'] as const;

const triggers = {
  gt: 'gt',
  GreaterThan: 'gt',
  lt: 'lt',
  LessThan: 'lt',
  eq: 'eq',
  Equal: 'eq',
  ne: 'ne',
  NotEqual: 'ne',
} as const;

/** Only "more rows than" is judged; a rule that fires on anything else is refused, not misread. */
const trigger = z.enum(Object.keys(triggers) as (keyof typeof triggers)[]).transform((text, ctx) => {
  if (triggers[text] === 'gt') return text;
  complain(ctx, `a rule that fires on "${text}" is not judged yet`, { code: 'detection/unsupported-trigger' });
  return z.NEVER;
});

const lowered = z.enum(severities).transform((text) => text.toLowerCase() as Lowercase<typeof text>);

const techniques = z
  .array(technique)
  .nullish()
  .transform((ids) => ids ?? []);

const text = z.string().nullish();

/** What every KQL content of Sentinel may say of itself. */
const common = {
  name: z.string().min(1),
  query: z.string().min(1),
  relevantTechniques: techniques,
  tactics: z.array(z.string()).nullish(),
  description: text,
  'description-detailed': text,
  version: text,
  status: text,
  enabled: z.boolean().optional(),
  tags: z.unknown().optional(),
  metadata: z.unknown().optional(),
  requiredDataConnectors: z.unknown().optional(),
  entityMappings: z.unknown().optional(),
  sentinelEntitiesMappings: z.unknown().optional(),
  customDetails: z.unknown().optional(),
  alertDetailsOverride: z.unknown().optional(),
};

const rule = {
  ...common,
  id: z.guid().transform((guid) => guid.toLowerCase()),
  severity: lowered,
  eventGroupingSettings: z.unknown().optional(),
  incidentConfiguration: z.unknown().optional(),
  alertRuleTemplateName: text,
  templateVersion: text,
  suppressionEnabled: z.boolean().optional(),
  suppressionDuration: z.string().optional(),
};

/** A scheduled analytics rule as the Azure-Sentinel repository and the portal's export write it. */
export const scheduledRuleSchema = z.strictObject({
  ...rule,
  kind: z.literal('Scheduled').default('Scheduled'),
  queryFrequency: duration,
  queryPeriod: duration,
  triggerOperator: trigger,
  triggerThreshold: z.int().nonnegative(),
});

/** A near-real-time rule: the platform runs it every minute over what the minute brought. */
export const nrtRuleSchema = z.strictObject({ ...rule, kind: z.literal('NRT') });

/** A hunting query: no schedule, no severity. */
export const huntingQuerySchema = z.strictObject({
  ...common,
  id: z
    .string()
    .min(1)
    .transform((id) => id.toLowerCase()),
  severity: lowered.default('medium'),
});
