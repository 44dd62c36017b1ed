import type { Result, TimelineEntry } from '../../../../model/run-result.ts';
import { microsOf } from '../facts/format.ts';

/** One matched event; times in microseconds from the left end of the timeline. */
export interface Tick {
  readonly entry: TimelineEntry;
  readonly at: number;
  /** Since the event before it in its lane; null for the first. */
  readonly gap: number | null;
}

export interface Lane {
  /** Null for what no signal asked for. */
  readonly signal: string | null;
  readonly ticks: readonly Tick[];
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  /** Microseconds from end to end. */
  readonly length: number;
  /** When the test's command ran; null when it did not. */
  readonly window: { readonly from: number; readonly to: number } | null;
  /** ISO time of the left end. */
  readonly start: number;
  /** Entries whose time could not be read. */
  readonly untimed: readonly TimelineEntry[];
}

const laneOf = (signal: string | null, entries: readonly TimelineEntry[], start: number): Lane => {
  const times = entries.map((entry) => microsOf(entry.time) - start);
  return {
    signal,
    ticks: entries.map((entry, index) => {
      const at = times[index] ?? 0;
      const before = times[index - 1];
      return { entry, at, gap: before === undefined ? null : at - before };
    }),
  };
};

export const timelineOf = ({ timeline, executed }: Result): Timeline => {
  const timed = timeline
    .filter((entry) => Number.isFinite(microsOf(entry.time)))
    .toSorted((a, b) => microsOf(a.time) - microsOf(b.time));
  const window = [executed.startedAt, executed.finishedAt].map((time) => (time === null ? NaN : microsOf(time)));
  const moments = [...timed.map((entry) => microsOf(entry.time)), ...window].filter(Number.isFinite);
  const start = moments.reduce((least, moment) => Math.min(least, moment), moments[0] ?? 0);
  const end = moments.reduce((most, moment) => Math.max(most, moment), start);
  const [from = NaN, to = NaN] = window;
  return {
    lanes: [...Map.groupBy(timed, (entry) => entry.signal)].map(([signal, entries]) => laneOf(signal, entries, start)),
    length: Math.max(end - start, 1),
    window: Number.isFinite(from) && Number.isFinite(to) ? { from: from - start, to: to - start } : null,
    start,
    untimed: timeline.filter((entry) => !Number.isFinite(microsOf(entry.time))),
  };
};

/** Median and extremes of the gaps, in microseconds: what makes a beacon a beacon. Null for fewer than three events. */
export const rhythmOf = (
  lane: Lane,
): { readonly median: number; readonly least: number; readonly most: number } | null => {
  const gaps = lane.ticks.flatMap((tick) => (tick.gap === null ? [] : [tick.gap])).toSorted((a, b) => a - b);
  const [least] = gaps;
  const most = gaps.at(-1);
  const median = gaps[Math.floor(gaps.length / 2)];
  return gaps.length < 2 || least === undefined || most === undefined || median === undefined
    ? null
    : { median, least, most };
};

/** Round distances for an axis of at most `most` labels, in microseconds. */
export const axisOf = (length: number, most = 6): readonly number[] => {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400].map((s) => s * 1e6);
  const step = steps.find((candidate) => length / candidate <= most) ?? Math.ceil(length / most);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
};
