import type { Detection } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { checkForeign } from '../../util/yaml/check-foreign.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { fileId } from './file-id.ts';
import { hashText } from './hash-text.ts';
import { originOf } from './origin.ts';
import { correlationSchema, techniquesOfTags } from './sigma-schema.ts';

const hour = 3600;

/** A Sigma correlation. Its text is the whole file's, since the rules that it is over stand there too. */
export const parseCorrelation = (yaml: YamlFile<unknown>, ordinal: number): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, correlationSchema);
  if (!checked.ok) return checked;
  const { title, id, level, tags } = checked.value.value;
  const { file, text } = yaml.source;
  const detection: Detection = {
    id: id?.toLowerCase() ?? fileId(file, ordinal),
    title,
    language: 'sigma',
    platform: 'sigma',
    severity: level,
    techniques: techniquesOfTags(tags),
    origin: originOf(file),
    schedule: { frequencySeconds: hour, periodSeconds: 24 * hour, threshold: 0 },
    text,
    place: { file, line: 1, column: 1 },
    hash: hashText(text),
  };
  return {
    ok: true,
    value: { detection, declared: yaml.place([id == null ? 'title' : 'id']) },
    diagnostics: checked.diagnostics,
  };
};

/** Names and ids of the rules that give no alerts of their own, because a correlation is over them. */
export const rulesOfCorrelations = (values: readonly unknown[]): ReadonlySet<string> =>
  new Set(
    values.flatMap((value) => {
      const parsed = correlationSchema.safeParse(value);
      return parsed.success && parsed.data.correlation.generate !== true ? parsed.data.correlation.rules : [];
    }),
  );
