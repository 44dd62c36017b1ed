import { z } from 'zod';
import type { Parsed } from '../../model/diagnostic.ts';
import type { Indicator } from '../../model/manifest.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';

const indicatorSchema = z.strictObject({
  value: z.string().min(1),
  type: z.enum(['ipv4-addr', 'domain-name', 'url']),
  threat_type: z.string().min(1),
  confidence: z.int().min(0).max(100),
  description: z.string(),
  active: z.boolean(),
});

export const indicatorsSchema = z.array(indicatorSchema);

/** `lab/data/indicators.yaml`: what the lab's threat intelligence says. */
export const parseIndicators = (file: string, text: string): Parsed<readonly Indicator[]> => {
  const loaded = loadYaml(file, text, indicatorsSchema);
  if (!loaded.ok) return loaded;
  const indicators = loaded.value.value.map(({ threat_type: threatType, ...indicator }) => ({
    ...indicator,
    threatType,
  }));
  return { ...loaded, value: indicators };
};
