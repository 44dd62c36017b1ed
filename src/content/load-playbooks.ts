import type { Detection } from '../model/detection.ts';
import type { Playbook } from '../model/playbook.ts';
import type { SourceFile } from '../util/source-file.ts';
import type { Collector } from './collect.ts';
import { parsePlaybook } from './playbooks/parse-playbook.ts';

/** By technique: a playbook is called after it, so that there is one of each. */
export const loadPlaybooks = (
  files: readonly SourceFile[],
  detections: ReadonlyMap<string, Detection>,
  brokenTexts: readonly string[],
  collector: Collector,
): ReadonlyMap<string, Playbook> =>
  new Map(
    files
      .filter(({ file }) => /^playbooks\/[^/]+\.yaml$/.test(file))
      .flatMap((source) => {
        const parsed = parsePlaybook(source.file, source.text, detections, brokenTexts);
        const playbook = collector.take(source, parsed);
        return playbook === null ? [] : [[playbook.technique, playbook] as const];
      }),
  );
