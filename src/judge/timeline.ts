import type { TimelineEntry } from '../model/run-result.ts';
import { isoMicros } from '../util/iso-time.ts';
import type { JudgedSignal } from './signals/judge-signals.ts';
import type { MatchedRow } from './signals/matched-row.ts';

/** The rows that the signals rest on, oldest first. */
export const timelineOf = (signals: readonly JudgedSignal[]): readonly TimelineEntry[] =>
  signals
    .flatMap(({ signal, host, rows }) =>
      rows.map((row) => ({
        time: isoMicros(row.time),
        signal: signal.id,
        action: signal.table,
        summary: describeRow(row),
        host,
      })),
    )
    .sort((a, b) => compare(a.time, b.time) || compare(a.signal, b.signal));

const describeRow = ({ values }: MatchedRow): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value ?? 'null'}`)
    .join(' ');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
