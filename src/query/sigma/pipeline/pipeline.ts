import { z } from 'zod';

/** pySigma's YAML format of processing pipelines, as far as rules are matched and not converted to another tool's query. */
const textOrList = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const ruleCondition = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('logsource'),
    product: z.string().optional(),
    category: z.string().optional(),
    service: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('contains_field'), field: z.string() }),
  z.strictObject({ type: z.literal('is_sigma_rule') }),
  z.strictObject({ type: z.literal('is_sigma_correlation_rule') }),
  z.strictObject({ type: z.literal('tag'), tag: z.string() }),
  z.strictObject({ type: z.literal('processing_item_applied'), processing_item_id: z.string() }),
]);

const fieldCondition = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('include_fields'), fields: z.array(z.string()) }),
  z.strictObject({ type: z.literal('exclude_fields'), fields: z.array(z.string()) }),
  z.strictObject({ type: z.literal('processing_item_applied'), processing_item_id: z.string() }),
]);

const itemCondition = z.strictObject({
  type: z.literal('match_string'),
  cond: z.enum(['any', 'all']),
  pattern: z.string(),
  negate: z.boolean().default(false),
});

const common = {
  id: z.string().optional(),
  rule_conditions: z.array(ruleCondition).default([]),
  rule_cond_op: z.enum(['and', 'or']).default('and'),
  rule_cond_not: z.boolean().default(false),
  field_name_conditions: z.array(fieldCondition).default([]),
  field_name_cond_op: z.enum(['and', 'or']).default('and'),
  field_name_cond_not: z.boolean().default(false),
  detection_item_conditions: z.array(itemCondition).default([]),
  detection_item_cond_op: z.enum(['and', 'or']).default('and'),
  detection_item_cond_not: z.boolean().default(false),
};

const logsource = { product: z.string().optional(), category: z.string().optional(), service: z.string().optional() };

const transformation = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('field_name_mapping'), mapping: z.record(z.string(), textOrList) }),
  z.strictObject({
    ...common,
    type: z.literal('field_name_prefix_mapping'),
    mapping: z.record(z.string(), textOrList),
  }),
  z.strictObject({ ...common, type: z.literal('field_name_prefix'), prefix: z.string() }),
  z.strictObject({ ...common, type: z.literal('field_name_suffix'), suffix: z.string() }),
  z.strictObject({ ...common, type: z.literal('drop_detection_item') }),
  z.strictObject({
    ...common,
    type: z.literal('add_condition'),
    conditions: z.record(z.string(), z.union([scalar, z.array(scalar)])),
    name: z.string().optional(),
    template: z.boolean().default(false),
    negated: z.boolean().default(false),
  }),
  z.strictObject({ ...common, type: z.literal('change_logsource'), ...logsource }),
  z.strictObject({ ...common, type: z.literal('replace_string'), regex: z.string(), replacement: z.string() }),
  z.strictObject({ ...common, type: z.literal('map_string'), mapping: z.record(z.string(), textOrList) }),
  z.strictObject({ ...common, type: z.literal('set_value'), value: scalar }),
  z.strictObject({
    ...common,
    type: z.enum(['value_placeholders', 'wildcard_placeholders']),
    include: z.array(z.string()).optional(),
  }),
  z.strictObject({ ...common, type: z.enum(['rule_failure', 'detection_item_failure']), message: z.string() }),
]);

export const pipelineSchema = z.looseObject({
  name: z.string(),
  priority: z.number().default(0),
  vars: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .default({})
    .transform((vars) => new Map(Object.entries(vars).map(([name, value]) => [name, [value].flat().map(String)]))),
  transformations: z.array(transformation).default([]),
  taxonomy: z.string().optional(),
});

export type Pipeline = z.output<typeof pipelineSchema>;
export type Transformation = Pipeline['transformations'][number];
export type RuleCondition = Transformation['rule_conditions'][number];
