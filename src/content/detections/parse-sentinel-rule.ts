import type { Detection } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import { locateText } from '../../util/yaml/locate-text.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { hashText } from './hash-text.ts';
import { sentinelRuleSchema } from './sentinel-schema.ts';

/** A Sentinel analytics rule (YAML): the tested file is the deployed file. */
export const parseSentinelRule = (file: string, text: string): Parsed<DeclaredDetection> => {
  const loaded = loadYaml(file, text, sentinelRuleSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const rule = yaml.value;
  const place = locateText(yaml, ['query']);
  if (place === null) {
    const problem = yaml.problem(['query'], {
      code: 'detection/folded-query',
      message: 'the lines of this query are not lines of the file, so nothing in it could be pointed at',
      part: 'key',
      hint: 'write it as a block: `query: |`',
    });
    return { ok: false, diagnostics: [...loaded.diagnostics, problem] };
  }
  const detection: Detection = {
    id: rule.id,
    title: rule.name,
    language: 'kql',
    platform: 'sentinel',
    severity: rule.severity,
    techniques: rule.relevantTechniques,
    origin: file.split('/').includes('published') ? 'published' : 'maintained',
    schedule: {
      frequencySeconds: rule.queryFrequency,
      periodSeconds: rule.queryPeriod,
      threshold: rule.triggerThreshold,
    },
    text: rule.query,
    place,
    hash: hashText(rule.query),
  };
  return { ok: true, value: { detection, declared: yaml.place(['id']) }, diagnostics: loaded.diagnostics };
};
