import { z } from 'zod';
import type { Parsed } from '../../../model/diagnostic.ts';
import type { Json } from '../../../model/json.ts';
import { unlessErrors } from '../../../util/parsed.ts';
import { checkSchema } from '../../../util/yaml/check-schema.ts';
import { locateWithin } from '../../../util/yaml/locate-text.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import type { ConditionSyntax } from '../condition/condition.ts';
import { metaOf, metaSchema } from '../rule/meta-schema.ts';
import { isMap } from '../rule/parse-selection.ts';
import { createProblems, type Problems } from '../rule/problems.ts';
import { correlationTypes, type Bounds, type Correlation, type CorrelationType } from './correlation.ts';
import { parseTimespan } from './timespan.ts';

const textOrList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const correlationSchema = metaSchema.extend({
  correlation: z.looseObject({
    type: z.enum(correlationTypes),
    rules: textOrList.nullish().transform((value) => value ?? []),
    'group-by': textOrList.nullish().transform((value) => value ?? []),
    timespan: z.union([z.string(), z.number()]).transform(String),
    aliases: z
      .record(z.string(), z.record(z.string(), z.string()))
      .nullish()
      .transform((value) => value ?? {}),
    condition: z.unknown().optional(),
    generate: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
  }),
});

const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;

/** A correlation of one document. */
export const parseCorrelation = (yaml: YamlFile<unknown>, ordinal: number): Parsed<Correlation> => {
  const checked = checkSchema(yaml, correlationSchema);
  if (!checked.ok) return checked;
  const { correlation } = checked.value.value;
  const problems = createProblems(yaml);
  const timespanMicros = parseTimespan(correlation.timespan);
  if (timespanMicros === null) {
    problems.add(['correlation', 'timespan'], 'sigma/timespan', `"${correlation.timespan}" is no timespan`, {
      hint: 'a number and a letter, for example 90m',
    });
  }
  const condition = parseCorrelationCondition(correlation.condition as Json, correlation.type, yaml, problems);
  const rules = correlation.rules.length > 0 ? correlation.rules : namesIn(condition?.expression ?? null);
  if (rules.length === 0) {
    problems.add(['correlation'], 'sigma/no-rules', 'a correlation names the rules it is over', { part: 'key' });
  }
  for (const name of namesIn(condition?.expression ?? null)) {
    if (rules.includes(name)) continue;
    problems.add(['correlation', 'condition'], 'sigma/condition', `"${name}" is none of the correlation's rules`);
  }
  if (timespanMicros === null || condition === null) return { ok: false, diagnostics: problems.list };
  const value: Correlation = {
    kind: 'correlation',
    ...metaOf(checked.value, ordinal),
    type: correlation.type,
    rules,
    groupBy: correlation['group-by'],
    aliases: new Map(Object.entries(correlation.aliases).map(([alias, of]) => [alias, new Map(Object.entries(of))])),
    timespanMicros,
    ...condition,
    generate: correlation.generate,
  };
  return unlessErrors(value, problems.list);
};

type Condition = Pick<Correlation, 'bounds' | 'valueFields' | 'percentile' | 'expression'>;

const parseCorrelationCondition = (
  value: Json | undefined,
  type: CorrelationType,
  yaml: YamlFile<unknown>,
  problems: Problems,
): Condition | null => {
  const path = ['correlation', 'condition'];
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (value === undefined || value === null) {
    if (temporal) return { bounds: [], valueFields: [], percentile: 50, expression: null };
    problems.add(['correlation'], 'sigma/no-condition', `${type} needs a condition`, { part: 'key' });
    return null;
  }
  if (typeof value === 'string' && temporal) return parseExpression(value, path, yaml, problems);
  if (!isMap(value)) {
    problems.add(path, 'sigma/condition', 'expected a mapping such as `gte: 10`');
    return null;
  }
  for (const key of Object.keys(value)) {
    if ([...operators, 'field', 'percentile'].includes(key)) continue;
    problems.add([...path, key], 'sigma/condition', `unknown key "${key}"`, { part: 'key' });
  }
  const bounds = parseBounds(value, path, problems);
  const { field = null } = value;
  const valueFields = typeof field === 'string' ? [field] : Array.isArray(field) ? field.map(String) : [];
  if (type.startsWith('value_') && valueFields.length === 0) {
    problems.add(path, 'sigma/no-field', `${type} needs the field that it looks at`, { part: 'key' });
  }
  return {
    bounds,
    valueFields,
    percentile: parsePercentile(value['percentile'], type, path, problems),
    expression: null,
  };
};

const parseBounds = (value: Readonly<Record<string, Json>>, path: readonly string[], problems: Problems): Bounds => {
  const bounds = operators.flatMap((operator) => {
    if (!(operator in value)) return [];
    const number = value[operator];
    if (typeof number === 'number') return [{ operator, value: number }];
    problems.add([...path, operator], 'sigma/condition', `${operator} takes a number`);
    return [];
  });
  if (bounds.length === 0) {
    problems.add(path, 'sigma/condition', 'no bound is given', { hint: `one of ${operators.join(', ')}`, part: 'key' });
  }
  return bounds;
};

const parsePercentile = (
  value: Json | undefined,
  type: CorrelationType,
  path: readonly string[],
  problems: Problems,
): number => {
  if (type !== 'value_percentile') return 50;
  if (typeof value === 'number' && value >= 0 && value <= 100) return value;
  if (value === undefined) {
    // The specification leaves open which percentile is meant.
    const message = 'no percentile is given: read as the 50th, the median';
    problems.add(path, 'sigma/percentile', message, { severity: 'warning', hint: '`percentile: 95`', part: 'key' });
  } else {
    problems.add([...path, 'percentile'], 'sigma/percentile', 'a percentile is a number from 0 to 100');
  }
  return 50;
};

const parseExpression = (
  text: string,
  path: readonly string[],
  yaml: YamlFile<unknown>,
  problems: Problems,
): Condition | null => {
  const parsed = parseCondition(text);
  if (parsed.ok) return { bounds: [], valueFields: [], percentile: 50, expression: parsed.syntax };
  const { message, hint, start, end } = parsed.problem;
  problems.add(path, 'sigma/condition', message, {
    hint,
    place: locateWithin(yaml, path, start, Math.max(1, end - start)),
  });
  return null;
};

const namesIn = (syntax: ConditionSyntax | null): readonly string[] => {
  switch (syntax?.kind) {
    case 'name':
      return [syntax.name];
    case 'not':
      return namesIn(syntax.of);
    case 'and':
    case 'or':
      return [...new Set(syntax.of.flatMap(namesIn))];
    default:
      return [];
  }
};
