import { z } from 'zod';
import { complain } from '../../fields.ts';

// The arguments of the Terraform provider's resources, in its documentation's order. Their values, not their presence, are
// checked of what judging does not need.

const expression = z.string().min(1);

/** Milliseconds as the API writes them: a number, or its text. */
const milliseconds = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d*$/, 'milliseconds')])
  .transform((value) => Number(value) / 1000);

/** Terraform's JSON writes a block that stands once as a mapping, or as a list of one. */
const blocks = <Block extends z.ZodType>(block: Block) =>
  z.union([z.array(block).min(1), block.transform((one) => [one])]);

const entitySelectors = blocks(z.strictObject({ entity_type: z.string().min(1), expression }));

const severityMapping = blocks(
  z.looseObject({
    type: z.enum(['constant', 'fieldValue', 'fieldValueMapping', 'eq']),
    default: z.int().min(0).max(10).nullish(),
  }),
).transform(([mapping]) => mapping);

/** The rule's own settings, beside what its kind asks for. */
const common = {
  id: z.string().min(1).optional(),
  /** Which YAML of several modules' rules calls it. */
  index_key: z.string().optional(),
  name: z.string().min(1),
  description: z.string().optional(),
  name_expression: z.string().optional(),
  description_expression: z.string().optional(),
  summary_expression: z.string().nullish(),
  enabled: z.boolean().optional(),
  is_prototype: z.boolean().optional(),
  tags: z.array(z.string()).nullish(),
  entity_selectors: entitySelectors,
  severity: z.int().min(0).max(10).optional(),
  severity_mapping: severityMapping.optional(),
  /** As the API calls it. */
  score_mapping: severityMapping.optional(),
  suppression_window_size: z.unknown().optional(),
  suppression_window_size_millis: z.unknown().optional(),
};

const groupByFields = z
  .array(expression)
  .nullish()
  .transform((fields) => fields ?? []);

/** `T05M`, `T30M`, `T60M`, `T12H`, `T24H`, `T05D`; `CUSTOM` leaves it to `window_size_millis`. */
const windowSize = z.string().transform((text, ctx) => {
  if (text === 'CUSTOM') return null;
  const [, amount, unit] = /^T(\d{2})([MHD])$/.exec(text) ?? [];
  const seconds = { M: 60, H: 3600, D: 86_400 }[unit ?? ''];
  if (amount !== undefined && seconds !== undefined && Number(amount) > 0) return Number(amount) * seconds;
  const hint = 'T05M, T10M, T30M, T60M, T24H, T12H, T05D, or CUSTOM with window_size_millis';
  complain(ctx, `"${text}" is no window size`, { code: 'schema/wrong-duration', hint });
  return z.NEVER;
});

const windowed = { window_size: windowSize, window_size_millis: milliseconds.optional() };

const learning = { baseline_window_size: milliseconds, retention_window_size: milliseconds };

const aggregationFunctions = blocks(
  z.strictObject({ name: z.string().min(1), function: z.string().min(1), arguments: z.array(expression) }),
);

/** The shape of each kind of rule. */
export const cloudSiemSchemas = {
  match: z.strictObject({ ...common, expression }),
  threshold: z.strictObject({
    ...common,
    ...windowed,
    expression,
    limit: z.int().positive(),
    count_distinct: z.boolean().default(false),
    count_field: z.string().nullish(),
    group_by_fields: groupByFields,
  }),
  aggregation: z.strictObject({
    ...common,
    ...windowed,
    match_expression: expression,
    aggregation_functions: aggregationFunctions,
    trigger_expression: expression,
    group_by_entity: z.boolean().default(true),
    group_by_fields: groupByFields,
  }),
  chain: z.strictObject({
    ...common,
    ...windowed,
    expressions_and_limits: blocks(z.strictObject({ expression, limit: z.int().positive() })),
    ordered: z.boolean().default(false),
    group_by_fields: groupByFields,
  }),
  'first-seen': z.strictObject({
    ...common,
    ...learning,
    filter_expression: expression,
    value_fields: z.array(expression).min(1),
    baseline_type: z.enum(['PER_ENTITY', 'GLOBAL']),
    group_by_fields: groupByFields,
  }),
  outlier: z.strictObject({
    ...common,
    ...windowed,
    ...learning,
    match_expression: expression,
    aggregation_functions: aggregationFunctions,
    deviation_threshold: z.number().positive(),
    floor_value: z.number().default(0),
    group_by_fields: groupByFields,
  }),
} as const;

export type CloudSiemKind = keyof typeof cloudSiemSchemas;

export type CloudSiemFields<Kind extends CloudSiemKind> = z.output<(typeof cloudSiemSchemas)[Kind]>;
