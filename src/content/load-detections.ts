import { posix } from 'node:path';
import type { Detection } from '../model/detection.ts';
import { indexUnique, type Collector } from './collect.ts';
import { parseDetectionIndex, queryLanguages } from './detections/parse-index.ts';
import { parseSentinelRule } from './detections/parse-sentinel-rule.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';

const isQuery = ({ file }: SourceFile): boolean => posix.extname(file) in queryLanguages;

const isIndex = ({ file }: SourceFile): boolean => posix.basename(file) === 'index.yaml';

/** Rules that carry their metadata, and query files that an `index.yaml` describes. */
export const loadDetections = (files: readonly SourceFile[], collector: Collector): ReadonlyMap<string, Detection> => {
  const queries = files.filter(isQuery);
  for (const query of queries) collector.report(query, []);
  const indexed = files
    .filter(isIndex)
    .flatMap((source) => collector.take(source, parseDetectionIndex(source.file, source.text, queries)) ?? []);
  const rules = files
    .filter((source) => source.file.endsWith('.yaml') && !isIndex(source))
    .flatMap((source) => collector.take(source, parseSentinelRule(source.file, source.text)) ?? []);
  const brokenIndexes = [...collector.broken].map((file) => collector.sources.get(file) ?? '');
  for (const query of queries) {
    const named = indexed.some(({ detection }) => detection.place.file === query.file);
    // An index that did not load may well name it.
    if (named || brokenIndexes.some((text) => text.includes(posix.basename(query.file)))) continue;
    collector.report(query, [
      diagnose(query.text, {
        code: 'detection/no-metadata',
        message: 'no index.yaml says what this query is',
        place: { file: query.file, line: 1, column: 1 },
        hint: 'describe it in the index.yaml of its technique: id, title, platform, severity, techniques, schedule',
      }),
    ]);
  }
  const declared = indexUnique(
    [...indexed, ...rules],
    ({ detection }) => detection.id,
    ({ detection, declared: place }, first) => {
      const text = collector.sources.get(place.file) ?? '';
      const message = `there is a detection "${detection.id}" already (${first.declared.file}:${first.declared.line})`;
      collector.report({ file: place.file, text }, [
        diagnose(text, { code: 'detection/duplicate-id', message, place }),
      ]);
    },
  );
  return new Map([...declared].map(([id, { detection }]) => [id, detection]));
};
