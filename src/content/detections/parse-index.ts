import { posix } from 'node:path';
import type { Detection } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { unlessErrors } from '../../util/parsed.ts';
import type { SourceFile } from '../../util/source-file.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { hashText } from './hash-text.ts';
import { detectionIndexSchema } from './index-schema.ts';
import { languageOf } from './query-language.ts';

/** The detections of one `index.yaml`; `queries` are the query files of its folder and below. */
export const parseDetectionIndex = (
  file: string,
  text: string,
  queries: readonly SourceFile[],
): Parsed<readonly DeclaredDetection[]> => {
  const loaded = loadYaml(file, text, detectionIndexSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const diagnostics = [...loaded.diagnostics];
  const detections = Object.entries(yaml.value).flatMap(([id, entry]): DeclaredDetection[] => {
    const path = posix.join(posix.dirname(file), entry.file);
    const query = queries.find((candidate) => candidate.file === path);
    const language = query === undefined ? null : languageOf(path, query.text);
    if (query === undefined || language === null) {
      const available = queries.map((candidate) => posix.relative(posix.dirname(file), candidate.file));
      diagnostics.push(
        yaml.problem([id, 'file'], {
          code: 'detection/no-such-file',
          message: `there is no query file ${entry.file}`,
          hint: suggestionHint(entry.file, available),
        }),
      );
      return [];
    }
    const { title, platform, severity, techniques, origin, schedule } = entry;
    const detection: Detection = {
      id,
      title,
      language,
      platform,
      severity,
      techniques,
      origin,
      schedule: {
        frequencySeconds: schedule.frequency,
        periodSeconds: schedule.period,
        threshold: schedule.threshold,
      },
      text: query.text,
      place: { file: query.file, line: 1, column: 1 },
      hash: hashText(query.text),
    };
    return [{ detection, declared: yaml.place([id], 'key') }];
  });
  return unlessErrors(detections, diagnostics);
};
