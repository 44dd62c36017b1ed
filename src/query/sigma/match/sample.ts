import type { Fields } from '../interpret/match-value.ts';

/** Events by which a route learns what is common in its logs. */
export interface Sample {
  /** Takes an event; gives those to plan by when it is time to plan, and null at all other times. */
  add(event: Fields): readonly Fields[] | null;
}

/** Plans get better with more events, and cost the same each: they are made over at these counts. */
const replans: readonly number[] = [500, 20_000];
const mostKept = 400;
/** Logs change with the hours, so that later plans are made from events far apart. */
const stride = 40;

/** The first plan is made before event number `trial` + 1. */
export const createSample = (trial: number): Sample => {
  let kept: Fields[] = [];
  let seen = 0;
  let isDone = false;
  return {
    add: (event) => {
      if (isDone) return null;
      const isTime = seen === trial || replans.includes(seen);
      seen++;
      if (seen <= mostKept || seen % stride === 0) kept.push(event);
      if (kept.length > mostKept) kept.shift();
      if (!isTime) return null;
      const events = kept;
      if (seen > Math.max(trial, ...replans)) {
        isDone = true;
        kept = [];
      }
      return [...events];
    },
  };
};
