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

/** A scheduled analytics rule as the Azure-Sentinel repository and the portal's export write it. */
export const sentinelRuleSchema = z.strictObject({
  id: z.guid().transform((guid) => guid.toLowerCase()),
  name: z.string().min(1),
  kind: z.literal('Scheduled').default('Scheduled'),
  severity: z.enum(severities).transform((text) => text.toLowerCase() as Lowercase<typeof text>),
  query: z.string().min(1),
  queryFrequency: duration,
  queryPeriod: duration,
  triggerOperator: trigger,
  triggerThreshold: z.int().nonnegative(),
  relevantTechniques: z.array(technique).default([]),
  tactics: z.array(z.string()).default([]),
  description: z.string().optional(),
  'description-detailed': z.string().optional(),
  version: z.string().optional(),
  status: z.string().optional(),
  tags: z.unknown().optional(),
  metadata: z.unknown().optional(),
  requiredDataConnectors: z.unknown().optional(),
  entityMappings: z.unknown().optional(),
  sentinelEntitiesMappings: z.unknown().optional(),
  customDetails: z.unknown().optional(),
  alertDetailsOverride: z.unknown().optional(),
  eventGroupingSettings: z.unknown().optional(),
  incidentConfiguration: z.unknown().optional(),
  suppressionEnabled: z.boolean().optional(),
  suppressionDuration: z.string().optional(),
});
