import { repetitionNoise, type DrillClock } from '../../model/drill-clock.ts';
import type { Mark } from '../../model/persona.ts';
import type { Signal } from '../../model/signal.ts';
import type { SignalExpectation } from '../../model/scenario.ts';
import type { SignalResult } from '../../model/verdict.ts';
import type { Hub, ProductTable } from '../../telemetry/hub.ts';
import { ContentError } from '../content-error.ts';
import { joinMarks } from '../marks.ts';
import type { Condition } from './condition.ts';
import { describeWant } from './describe.ts';
import { judgeSignal } from './judge-signal.ts';
import { matchRows } from './match-rows.ts';
import type { MatchedRow } from './matched-row.ts';
import { whyUnobservable } from './observability.ts';
import { parseWhere } from './parse-where.ts';

/** The variant whose signals are looked for. */
export interface SignalSubject {
  readonly variant: string;
  /** Role → host. */
  readonly roles: Readonly<Record<string, string>>;
  readonly expectations: readonly SignalExpectation[];
  /** Marks of the run and of the persona. */
  readonly marks: readonly Mark[];
}

/** A signal's verdict with the rows it rests on, oldest first. */
export interface JudgedSignal {
  readonly signal: Signal;
  readonly host: string;
  readonly result: SignalResult;
  readonly rows: readonly MatchedRow[];
}

interface Match {
  readonly signal: Signal;
  readonly host: string;
  readonly table: ProductTable;
  readonly conditions: readonly Condition[];
  readonly unobservable: string | null;
  readonly rows: readonly MatchedRow[];
}

/** Judges every signal of a test in the hub's present scope. Throws a ContentError for a signal that names what does not exist. */
export const judgeSignals = async (
  hub: Hub,
  signals: readonly Signal[],
  subject: SignalSubject,
): Promise<readonly JudgedSignal[]> => {
  const matches: Match[] = [];
  for (const signal of signals) matches.push(await match(hub, withNoise(signal, hub.manifest.clock), subject));
  const rowsOf = (id: string): readonly MatchedRow[] | undefined =>
    matches.find((candidate) => candidate.signal.id === id && candidate.unobservable === null)?.rows;
  return matches.map((found) => toJudged(found, subject, rowsOf));
};

/** A compressed clock stretches what a test takes between its sleeps along with them. */
const withNoise = (signal: Signal, { scale }: DrillClock): Signal => {
  if (signal.every === null || scale === 1) return signal;
  const { intervalSeconds, toleranceSeconds } = signal.every;
  return { ...signal, every: { intervalSeconds, toleranceSeconds: toleranceSeconds + scale * repetitionNoise } };
};

const match = async (hub: Hub, signal: Signal, { roles, variant }: SignalSubject): Promise<Match> => {
  const table = hub.tables.get(signal.table);
  if (table === undefined) throw problem(signal, 'signal/unknown-table', `no table is called "${signal.table}"`);
  const host = roles[signal.on];
  if (host === undefined) throw problem(signal, 'signal/unknown-role', `no host has the role "${signal.on}"`);
  const where = parseWhere(signal, table.info);
  if (!where.ok) throw new ContentError(where.diagnostics);
  const unobservable = whyUnobservable(table, where.value);
  const rows = unobservable === null ? await matchRows(hub.database, table, where.value, { host, variant }) : [];
  return { signal, host, table, conditions: where.value, unobservable, rows };
};

const problem = (signal: Signal, code: `${string}/${string}`, message: string): ContentError =>
  new ContentError([{ code, severity: 'error', message: `signal "${signal.id}": ${message}`, place: signal.place }]);

const toJudged = (
  { signal, host, table, conditions, unobservable, rows }: Match,
  subject: SignalSubject,
  rowsOf: (id: string) => readonly MatchedRow[] | undefined,
): JudgedSignal => {
  const { verdict, got } =
    unobservable === null ? judgeSignal(signal, rows, rowsOf) : { verdict: 'unobservable' as const, got: unobservable };
  const expectation = subject.expectations.find((candidate) => candidate.signal === signal.id);
  const result: SignalResult = {
    id: signal.id,
    description: signal.description,
    table: signal.table,
    verdict,
    expected: expectation?.verdict ?? null,
    met: expectation === undefined || expectation.verdict === verdict,
    want: describeWant(signal),
    got,
    rows: rows.length,
    marks: joinMarks(
      subject.marks,
      table.marks,
      ...conditions.map((condition) => table.columnMarks.get(condition.column.name) ?? []),
      ...rows.map((row) => row.marks),
    ),
  };
  return { signal, host, result, rows };
};
