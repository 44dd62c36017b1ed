import type { Result, RunResult, TechniqueCoverage } from '../../model/run-result.ts';
import { plural } from '../../util/plural.ts';
import { formatDuration } from './duration.ts';
import { oneLine } from './one-line.ts';
import type { Screen } from './screen.ts';
import { dot, pad, paint } from './style.ts';

export interface SummaryFacts {
  readonly folder: string;
  /** Names in `folder`. */
  readonly files: readonly string[];
  readonly elapsedMs: number;
}

const verdictOrder = ['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error'];
const signalOrder = ['seen', 'absent', 'unobservable'];

/** The last lines, always the same ones in the same order, so that they can be searched for. */
export const renderSummary = (screen: Screen, result: RunResult, facts: SummaryFacts): string => {
  const detections = result.results.flatMap((one) => one.detections);
  const signals = result.results.flatMap((one) => one.signals);
  const lines: readonly (readonly [string, string])[] = [
    [
      'Verdicts',
      join(screen, [
        ...count(
          detections.map((one) => one.verdict),
          verdictOrder,
        ),
        expectations(result.results),
      ]),
    ],
    [
      'Signals',
      join(
        screen,
        count(
          signals.map((one) => one.verdict),
          signalOrder,
        ),
      ),
    ],
    ['Techniques', join(screen, result.coverage.map(describeTechnique))],
    ['Cleanup', join(screen, describeCleanup(result))],
    ['Report', `${facts.folder}/${facts.files.includes('index.html') ? 'index.html' : 'run.json'}`],
    ['Time', formatDuration(facts.elapsedMs)],
  ];
  return lines.map(([name, text]) => ` ${paint(screen, 'strong', pad(name, 12))}${text}\n`).join('');
};

const join = (screen: Screen, parts: readonly string[]): string => {
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? 'none' : said.join(dot(screen));
};

const count = (values: readonly string[], order: readonly string[]): readonly string[] => {
  const groups = Map.groupBy(values, (value) => value);
  return order.flatMap((value) => {
    const size = groups.get(value)?.length ?? 0;
    return size === 0 ? [] : [`${size} ${value}`];
  });
};

/** Every verdict that something was expected of, signals and detections alike. */
const expectations = (results: readonly Result[]): string => {
  const all = results.flatMap(({ signals, detections }) => [...signals, ...detections]);
  const expected = all.filter((one) => one.expected !== null || !one.met);
  const unmet = expected.filter((one) => !one.met).length;
  if (expected.length === 0) return '';
  return unmet === 0
    ? `all ${expected.length} expectations met`
    : `${unmet} of ${plural(expected.length, 'expectation')} not met`;
};

const describeTechnique = ({ technique, status, fired, tried, inferential }: TechniqueCoverage): string =>
  `${technique} ${status} ${fired}/${tried}${inferential ? ' (inferential)' : ''}`;

const describeCleanup = ({ results, residue }: RunResult): readonly string[] => {
  const dirty = results.filter(({ cleanup }) => cleanup.verdict === 'dirty');
  if (dirty.length === 0 && residue.length === 0) return ['clean'];
  return [
    ...dirty.map(({ variant, cleanup }) => `dirty after ${oneLine(variant)}: ${cleanup.left.map(oneLine).join(', ')}`),
    ...residue.map(
      ({ kind, name, detail }) => `left ${kind} ${oneLine(name)}${detail === '' ? '' : ` (${oneLine(detail)})`}`,
    ),
  ];
};
