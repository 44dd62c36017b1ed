import type { AggregationFunction, CloudSiemRule, RuleText } from '../../../model/cloud-siem-rule.ts';
import type { Parsed } from '../../../model/diagnostic.ts';
import { checkForeign } from '../../../util/yaml/check-foreign.ts';
import { locateText } from '../../../util/yaml/locate-text.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { cloudSiemSchemas, type CloudSiemFields, type CloudSiemKind } from './schema.ts';

export interface ReadRule {
  readonly fields: CloudSiemFields<CloudSiemKind>;
  readonly rule: CloudSiemRule;
}

/** The rule in a mapping whose names are the provider's. */
export const readRule = (yaml: YamlFile<unknown>, kind: CloudSiemKind): Parsed<ReadRule> => {
  switch (kind) {
    case 'match':
      return read(yaml, 'match', ({ expression }, at) => ({ kind, expression: at(expression, ['expression']) }));
    case 'threshold':
      return read(yaml, 'threshold', (fields, at, windowSeconds) => ({
        kind,
        windowSeconds,
        expression: at(fields.expression, ['expression']),
        limit: fields.limit,
        countDistinct: fields.count_distinct,
        countField:
          fields.count_field == null || fields.count_field === '' ? null : at(fields.count_field, ['count_field']),
      }));
    case 'aggregation':
      return read(yaml, 'aggregation', (fields, at, windowSeconds) => ({
        kind,
        windowSeconds,
        matchExpression: at(fields.match_expression, ['match_expression']),
        aggregationFunctions: functionsOf(fields.aggregation_functions, at),
        triggerExpression: at(fields.trigger_expression, ['trigger_expression']),
        groupByEntity: fields.group_by_entity,
      }));
    case 'chain':
      return read(yaml, 'chain', (fields, at, windowSeconds) => ({
        kind,
        windowSeconds,
        expressionsAndLimits: fields.expressions_and_limits.map(({ expression, limit }, index) => ({
          expression: at(expression, ['expressions_and_limits', index, 'expression']),
          limit,
        })),
        ordered: fields.ordered,
      }));
    case 'first-seen':
      return read(yaml, 'first-seen', (fields, at) => ({
        kind,
        filterExpression: at(fields.filter_expression, ['filter_expression']),
        valueFields: fields.value_fields.map((field, index) => at(field, ['value_fields', index])),
        baselineType: fields.baseline_type,
        baselineSeconds: fields.baseline_window_size,
        retentionSeconds: fields.retention_window_size,
      }));
    case 'outlier':
      return read(yaml, 'outlier', (fields, at, windowSeconds) => ({
        kind,
        windowSeconds,
        matchExpression: at(fields.match_expression, ['match_expression']),
        aggregationFunctions: functionsOf(fields.aggregation_functions, at),
        deviationThreshold: fields.deviation_threshold,
        floorValue: fields.floor_value,
        baselineSeconds: fields.baseline_window_size,
        retentionSeconds: fields.retention_window_size,
      }));
  }
};

type At = (text: string, path: Path) => RuleText;

type Shared = 'entitySelectors' | 'groupByFields' | 'place';

type OwnOf<Rule> = Rule extends unknown ? Omit<Rule, Shared> : never;

const read = <Kind extends CloudSiemKind>(
  yaml: YamlFile<unknown>,
  kind: Kind,
  own: (fields: CloudSiemFields<Kind>, at: At, windowSeconds: number) => OwnOf<CloudSiemRule>,
): Parsed<ReadRule> => {
  const checked = checkForeign(yaml, cloudSiemSchemas[kind]);
  if (!checked.ok) return checked;
  const fields = checked.value.value as CloudSiemFields<Kind>;
  const { diagnostics } = checked;
  const seconds = windowOf(fields);
  if (seconds === null) {
    const message = 'a window of size CUSTOM says how long it is in window_size_millis';
    const problem = yaml.problem(['window_size'], { code: 'detection/no-window', message });
    return { ok: false, diagnostics: [...diagnostics, problem] };
  }
  const at: At = (text, path) => ({ text, place: yaml.place(path), origin: locateText(yaml, path) });
  const rule = {
    ...own(fields, at, seconds),
    entitySelectors: fields.entity_selectors.map(({ entity_type: entityType, expression }, index) => ({
      entityType,
      expression: at(expression, ['entity_selectors', index, 'expression']),
    })),
    groupByFields: groupByOf(fields, at),
    place: yaml.place(['name']),
  } as CloudSiemRule;
  return { ok: true, value: { fields, rule }, diagnostics };
};

/** Seconds; 0 of a kind without windows; null when the size is nowhere. */
const windowOf = (fields: CloudSiemFields<CloudSiemKind>): number | null =>
  'window_size' in fields ? (fields.window_size ?? fields.window_size_millis ?? null) : 0;

const groupByOf = (fields: CloudSiemFields<CloudSiemKind>, at: At): readonly RuleText[] =>
  'group_by_fields' in fields
    ? fields.group_by_fields.map((field, index) => at(field, ['group_by_fields', index]))
    : [];

const functionsOf = (
  functions: CloudSiemFields<'aggregation'>['aggregation_functions'],
  at: At,
): readonly AggregationFunction[] =>
  functions.map(({ name, function: fn, arguments: args }, index) => ({
    name,
    function: fn,
    arguments: args.map((text, position) => at(text, ['aggregation_functions', index, 'arguments', position])),
  }));
