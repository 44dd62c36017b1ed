import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Parsed } from '../../../model/diagnostic.ts';
import type { Json } from '../../../model/json.ts';
import { unlessErrors } from '../../../util/parsed.ts';
import { checkSchema } from '../../../util/yaml/check-schema.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import type { Placeholders } from '../values/placeholders.ts';
import { metaOf, metaSchema } from './meta-schema.ts';
import { parseDetection } from './parse-detection.ts';
import { createProblems } from './problems.ts';
import type { LogSourceSpec, SigmaRule } from './rule.ts';

const name = z
  .string()
  .nullish()
  .transform((value) => value?.toLowerCase() ?? null);

export const logsourceSchema = z
  .looseObject({ product: name, category: name, service: name })
  .transform(({ product, category, service }): LogSourceSpec => ({ product, category, service }));

const ruleSchema = metaSchema.extend({
  logsource: logsourceSchema,
  taxonomy: z
    .string()
    .nullish()
    .transform((value) => value ?? 'sigma'),
  fields: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
  detection: z.record(z.string(), z.unknown()),
});

export interface ParseRuleOptions {
  readonly placeholders: Placeholders;
  /** Taxonomies whose field names the caller can map; `sigma` always. */
  readonly taxonomies: ReadonlySet<string>;
}

/** A detection rule of one document. `ordinal` counts the file's documents from 1. */
export const parseRule = (yaml: YamlFile<unknown>, ordinal: number, options: ParseRuleOptions): Parsed<SigmaRule> => {
  const checked = checkSchema(yaml, ruleSchema);
  if (!checked.ok) return checked;
  const { value } = checked.value;
  const problems = createProblems(yaml);
  if (value.taxonomy !== 'sigma' && !options.taxonomies.has(value.taxonomy)) {
    problems.add(
      ['taxonomy'],
      'sigma/taxonomy',
      `no pipeline knows the field names of the taxonomy "${value.taxonomy}"`,
    );
  }
  const detection = parseDetection(value.detection as Readonly<Record<string, Json>>, ['detection'], {
    yaml,
    problems,
    placeholders: options.placeholders,
  });
  if (detection === null) return { ok: false, diagnostics: problems.list };
  const rule: SigmaRule = {
    kind: 'rule',
    ...metaOf(checked.value, ordinal),
    logsource: value.logsource,
    taxonomy: value.taxonomy,
    fields: value.fields,
    ...detection,
    hash: createHash('sha256').update(JSON.stringify(value)).digest('hex'),
  };
  return unlessErrors(rule, problems.list);
};
