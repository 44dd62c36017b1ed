import type { Comparison, SignalChange, VerdictChange } from '../../model/baseline.ts';
import { plural } from '../../util/plural.ts';
import { oneLine } from '../terminal/one-line.ts';

/** A comparison as text: what got worse first, the last line a count that can be searched for. */
export const renderComparison = (comparison: Comparison): string => {
  const { verdicts, signals, environment, onlyBefore, onlyAfter, compared, regressions } = comparison;
  const lines = [
    ...[...Map.groupBy(verdicts, ({ kind }) => kind)].flatMap(([kind, changes]) => [
      kind,
      ...changes.map((change) => `  ${verdictLine(change)}`),
    ]),
    ...(signals.length === 0 ? [] : ['signals', ...signals.map((change) => `  ${signalLine(change)}`)]),
    ...(environment.length === 0 ? [] : ['changed around them']),
    ...environment.map(({ name, before, after }) => `  ${name}: ${before ?? 'none'} -> ${after ?? 'none'}`),
    ...onlyBefore.map((id) => `scenario ${id}: in the baseline, not run`),
    ...onlyAfter.map((id) => `scenario ${id}: not in the baseline`),
    `${plural(regressions, 'regression')}; ${plural(verdicts.length, 'verdict')} changed of ${compared.detections} in ${plural(compared.scenarios, 'scenario')}`,
  ];
  return lines.map((line) => `${oneLineKeepingIndent(line)}\n`).join('');
};

const verdictLine = ({
  variant,
  detection,
  before,
  after,
  firedBefore,
  firedAfter,
  kind,
  causes,
}: VerdictChange): string => {
  const shares = kind === 'weaker' || kind === 'stronger';
  const change = shares ? `${firedBefore} -> ${firedAfter} start offsets` : `${before ?? 'none'} -> ${after ?? 'none'}`;
  return `${variant} › ${detection}: ${change}${because(causes)}`;
};

const signalLine = ({ variant, signal, before, after, causes }: SignalChange): string =>
  `${variant} › ${signal}: ${describe(before)} -> ${describe(after)}${because(causes)}`;

const describe = (one: SignalChange['before']): string =>
  one === null ? 'none' : `${one.verdict} ${plural(one.rows, 'row')}`;

const because = (causes: readonly string[]): string =>
  causes.length === 0 ? '  (nothing else known changed)' : `  (changed: ${causes.join(', ')})`;

const oneLineKeepingIndent = (line: string): string =>
  line.startsWith('  ') ? `  ${oneLine(line.slice(2))}` : oneLine(line);
