import type { FunnelLine, Reason } from '../../model/verdict.ts';
import { plural } from '../../util/plural.ts';
import { createCodeFrame } from '../diagnostics/code-frame.ts';
import { displayWidth } from '../diagnostics/display-text.ts';
import { oneLine } from '../terminal/one-line.ts';
import type { Screen } from '../terminal/screen.ts';
import { fit, pad, paint } from '../terminal/style.ts';
import { blockerLines } from '../terminal/blocker-lines.ts';

/** One step of a plan, as people read it. */
export interface PlanStep {
  readonly id: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly columns: readonly string[];
}

export interface Explained {
  readonly text: string;
  readonly rows: number;
  readonly steps: readonly PlanStep[];
  readonly sql: string;
  readonly funnel: readonly FunnelLine[];
  readonly reason: Reason | null;
}

/** Plan, SQL, where the rows went, and why there are none. */
export const renderExplanation = (screen: Screen, explained: Explained): string =>
  [
    section(
      screen,
      'Plan',
      explained.steps.map((step) => planLine(screen, step)),
    ),
    section(screen, 'SQL', explained.sql.split('\n').map(oneLine)),
    section(screen, 'Rows', funnelLines(screen, explained.funnel)),
    section(screen, 'Result', resultLines(screen, explained)),
  ].join('\n');

const section = (screen: Screen, title: string, lines: readonly string[]): string =>
  [paint(screen, 'strong', title), ...lines.map((line) => `  ${line}`)].map((line) => `${line.trimEnd()}\n`).join('');

const planLine = (screen: Screen, { id, operator, inputs, columns }: PlanStep): string => {
  const from = inputs.length === 0 ? '' : ` from ${inputs.join(', ')}`;
  return fit(screen, oneLine(`${id}  ${operator}${from}: ${columns.join(', ')}`), Math.max(60, screen.width - 2));
};

const funnelLines = (screen: Screen, funnel: readonly FunnelLine[]): readonly string[] => {
  const clauses = funnel.map(({ kind, clause }) => (kind === 'conjunct' ? '  ' : '') + oneLine(clause));
  const width = Math.min(64, Math.max(10, ...clauses.map(displayWidth)));
  const numbers = funnel.map(({ rows }) => String(rows));
  const widest = Math.max(4, ...numbers.map((text) => text.length));
  return funnel.map(({ place, calledAt, rows, rowsIn, alone, withOthers }, index) => {
    const position = `${place.line}:${place.column}`.padEnd(8);
    const others =
      alone === undefined ? '' : `  ${alone} alone${withOthers === undefined ? '' : `, ${withOthers} without it`}`;
    const call = calledAt === undefined ? '' : `  called at ${calledAt.line}:${calledAt.column}`;
    const line = `${position}${pad(fit(screen, clauses[index] ?? '', width), width)}  ${String(rows).padStart(widest)}${others}${call}`;
    return rowsIn > 0 && rows === 0 ? paint(screen, 'bad', line) : line;
  });
};

const resultLines = (screen: Screen, { text, rows, reason }: Explained): readonly string[] => {
  if (reason === null) return [plural(rows, 'row')];
  const lines = [`no rows: ${oneLine(reason.summary)}`];
  const source = reason.place === undefined ? undefined : text.split(/\r?\n/)[reason.place.line - 1];
  if (reason.place !== undefined && source !== undefined) {
    const frame = createCodeFrame(source, reason.place);
    const number = String(reason.place.line);
    lines.push(`${number} | ${frame.source}`, `${' '.repeat(number.length)} | ${paint(screen, 'bad', frame.carets)}`);
  }
  return reason.blockers.length === 0
    ? lines
    : [...lines, ...blockerLines(screen, reason.blockers, reason.proved === true, 'it gives rows')];
};
