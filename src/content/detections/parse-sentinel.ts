import type { z } from 'zod';
import type { Detection, Schedule } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { checkForeign } from '../../util/yaml/check-foreign.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { hashText } from './hash-text.ts';
import { originOf } from './origin.ts';
import { locateQuery } from './locate-query.ts';
import { huntingQuerySchema, nrtRuleSchema, scheduledRuleSchema } from './sentinel-schema.ts';

type Fields = Pick<z.output<typeof scheduledRuleSchema>, 'id' | 'name' | 'severity' | 'query' | 'relevantTechniques'>;

/** A scheduled analytics rule of Sentinel (YAML): the tested file is the deployed file. */
export const parseScheduledRule = (yaml: YamlFile<unknown>): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, scheduledRuleSchema);
  if (!checked.ok) return checked;
  const { queryFrequency, queryPeriod, triggerThreshold } = checked.value.value;
  return toDetection(checked, {
    frequencySeconds: queryFrequency,
    periodSeconds: queryPeriod,
    threshold: triggerThreshold,
  });
};

const minute = 60;

export const parseNrtRule = (yaml: YamlFile<unknown>): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, nrtRuleSchema);
  return checked.ok ? toDetection(checked, { frequencySeconds: minute, periodSeconds: minute, threshold: 0 }) : checked;
};

const hour = 3600;

/** A hunter runs it when they like, over what they like: judged as if it ran every hour over a day. */
export const huntingSchedule: Schedule = { frequencySeconds: hour, periodSeconds: 24 * hour, threshold: 0 };

export const parseHuntingQuery = (yaml: YamlFile<unknown>): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, huntingQuerySchema);
  return checked.ok ? toDetection(checked, huntingSchedule) : checked;
};

const toDetection = (
  { value: yaml, diagnostics }: Extract<Parsed<YamlFile<Fields>>, { ok: true }>,
  schedule: Schedule,
): Parsed<DeclaredDetection> => {
  const { id, name, severity, query, relevantTechniques } = yaml.value;
  const { file } = yaml.source;
  const { place, warnings } = locateQuery(yaml, ['query']);
  const detection: Detection = {
    id,
    title: name,
    language: 'kql',
    platform: 'sentinel',
    severity,
    techniques: relevantTechniques,
    origin: originOf(file),
    schedule,
    text: query,
    place,
    hash: hashText(query),
  };
  return { ok: true, value: { detection, declared: yaml.place(['id']) }, diagnostics: [...diagnostics, ...warnings] };
};
