import { z } from 'zod';
import type { Parsed } from '../../../model/diagnostic.ts';
import type { Json } from '../../../model/json.ts';
import { unlessErrors } from '../../../util/parsed.ts';
import { checkSchema } from '../../../util/yaml/check-schema.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { metaOf, metaSchema } from '../rule/meta-schema.ts';
import { parseDetection } from '../rule/parse-detection.ts';
import { logsourceSchema } from '../rule/parse-rule.ts';
import { createProblems } from '../rule/problems.ts';
import type { Placeholders } from '../values/placeholders.ts';
import type { FilterMeaning, SigmaFilter } from './filter.ts';

const filterSchema = metaSchema.extend({
  logsource: logsourceSchema,
  filter: z.looseObject({
    rules: z
      .union([z.string(), z.array(z.string())])
      .nullish()
      .transform((value) => (value === 'any' || value === null || value === undefined ? 'any' : [value].flat())),
  }),
});

export interface ParseFilterOptions {
  readonly placeholders: Placeholders;
  readonly filters: FilterMeaning;
}

/** A filter of one document. */
export const parseFilter = (
  yaml: YamlFile<unknown>,
  ordinal: number,
  options: ParseFilterOptions,
): Parsed<SigmaFilter> => {
  const checked = checkSchema(yaml, filterSchema);
  if (!checked.ok) return checked;
  const { filter, logsource } = checked.value.value;
  const problems = createProblems(yaml);
  const context = { yaml, problems, placeholders: options.placeholders };
  const detection = parseDetection(filter as Readonly<Record<string, Json>>, ['filter'], context, ['rules']);
  if (detection === null) return { ok: false, diagnostics: problems.list };
  if (options.filters === 'as-written' && detection.condition.kind !== 'not') {
    const message = 'this filter keeps only what matches its condition; other tools take it as an exclusion';
    const hint = 'write `not` to exclude, or choose the meaning `exclude`';
    problems.add(['filter', 'condition'], 'sigma/filter-meaning', message, { severity: 'warning', hint });
  }
  const rules = filter.rules === 'any' ? 'any' : filter.rules.map((rule) => rule);
  return unlessErrors(
    { kind: 'filter', ...metaOf(checked.value, ordinal), logsource, rules, ...detection },
    problems.list,
  );
};
