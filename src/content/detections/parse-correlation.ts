import type { Parsed } from '../../model/diagnostic.ts';
import { checkForeign } from '../../util/yaml/check-foreign.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { huntingSchedule } from './parse-sentinel.ts';
import { sigmaDetection } from './sigma-detection.ts';
import { correlationSchema } from './sigma-schema.ts';

/** A Sigma correlation. Its text is the whole file's, since the rules that it is over stand there too. */
export const parseCorrelation = (yaml: YamlFile<unknown>, ordinal: number): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, correlationSchema);
  if (!checked.ok) return checked;
  return sigmaDetection(checked, ordinal, { text: yaml.source.text, line: 1, schedule: huntingSchedule });
};

/** Names and ids of the rules that give no alerts of their own, because a correlation is over them. */
export const rulesOfCorrelations = (values: readonly unknown[]): ReadonlySet<string> =>
  new Set(
    values.flatMap((value) => {
      const parsed = correlationSchema.safeParse(value);
      return parsed.success && parsed.data.correlation.generate !== true ? parsed.data.correlation.rules : [];
    }),
  );
