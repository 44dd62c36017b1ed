import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Result, RunResult } from '../../model/run-result.ts';

/** The same result with every list in its own fixed order, so that two runs can be compared as text. Rows, blockers, funnels and timelines keep theirs: it has a meaning. */
export const sortRun = (run: RunResult): RunResult => ({
  ...run,
  environment: sortKeys(run.environment),
  notLoaded: sortBy(run.notLoaded, placeKey),
  losses: sortBy(run.losses, ({ source, host, kind, detail }) => [source, host ?? '', kind, detail]),
  results: sortBy(run.results, ({ key }) => [key]).map(sortResult),
  coverage: sortBy(run.coverage, ({ technique }) => [technique]),
  residue: sortBy(run.residue, ({ kind, name, detail }) => [kind, name, detail]),
  ...(run.playbooks === undefined ? {} : { playbooks: sortBy(run.playbooks, ({ technique }) => [technique]) }),
  sources: sortKeys(run.sources),
});

const sortResult = (result: Result): Result => ({
  ...result,
  hosts: sortKeys(result.hosts),
  inputs: sortKeys(result.inputs),
  signals: sortBy(result.signals, ({ id }) => [id]).map((signal) => ({ ...signal, marks: [...signal.marks].sort() })),
  detections: sortBy(result.detections, ({ id }) => [id]).map((detection) => ({
    ...detection,
    diagnostics: sortBy(detection.diagnostics, placeKey),
    marks: [...detection.marks].sort(),
  })),
  cleanup: { ...result.cleanup, left: [...result.cleanup.left].sort() },
  marks: [...result.marks].sort(),
});

type SortKey = readonly (string | number)[];

const placeKey = ({ place, code, message }: Diagnostic): SortKey => [
  place?.file ?? '',
  place?.line ?? 0,
  place?.column ?? 0,
  code,
  message,
];

const sortBy = <T>(values: readonly T[], key: (value: T) => SortKey): readonly T[] =>
  [...values].sort((a, b) => compare(key(a), key(b)));

/** By code unit, never by locale: the order must not depend on the machine. */
const compare = (a: SortKey, b: SortKey): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
};

const sortKeys = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => compare([a], [b])));
