import type { Micros } from '../../model/event.ts';
import type { Execution } from './execution-times.ts';

/** What a query can see of time: everything that `now` and a window can tell apart. */
export interface TimeLine {
  /** Times of the events behind the rows, ascending: a window keeps or drops them. */
  readonly events: readonly Micros[];
  /** Every value of every datetime column that the query can compare with `now`, ascending. */
  readonly values: readonly Micros[];
  /** See CompiledQuery.lookbacks; null when `now` may matter in any way. */
  readonly lookbacks: readonly Micros[] | null;
}

/** Executions that cannot differ in their result. */
export interface ExecutionClass {
  /** The first of them, which is the one to run. */
  readonly execution: Execution;
  readonly count: number;
  /** Events inside the window. */
  readonly visible: number;
}

/**
 * The schedule's executions, those that cannot differ taken together. This is exact: a result depends on the rows inside the
 * window and on `now`. Two executions of one phase see the same rows when the same events lie below each end of their windows;
 * and where the query uses `now` only to compare datetime values with `now` minus a constant (`lookbacks`), they decide alike
 * when the same values lie below, and the same at, each of these thresholds. A query that uses `now` in any other way, or whose use
 * is not known, is run at every execution.
 */
export const distinctExecutions = (executions: readonly Execution[], time: TimeLine): readonly ExecutionClass[] => {
  const visibleIn = ({ window }: Execution): number =>
    below(time.events, window.until) - below(time.events, window.from);
  const { lookbacks } = time;
  if (lookbacks === null)
    return executions.map((execution) => ({ execution, count: 1, visible: visibleIn(execution) }));
  const classes = Map.groupBy(executions, ({ now, window }) =>
    [
      below(time.events, window.from),
      below(time.events, window.until),
      ...lookbacks.flatMap((distance) => [below(time.values, now - distance), upTo(time.values, now - distance)]),
    ].join(' '),
  );
  return [...classes.values()].flatMap((alike) =>
    alike[0] === undefined ? [] : [{ execution: alike[0], count: alike.length, visible: visibleIn(alike[0]) }],
  );
};

/** How many of the ascending values are less than `limit`. */
const below = (ascending: readonly Micros[], limit: Micros): number => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How many are at most `limit`: microseconds are whole. */
const upTo = (ascending: readonly Micros[], limit: Micros): number => below(ascending, Math.floor(limit) + 1);
