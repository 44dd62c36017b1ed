import type { DrillClock } from '../model/drill-clock.ts';
import type { Micros } from '../model/event.ts';

export type DrillTime = (realMicros: Micros) => Micros;

/** Drill time of a real moment. Counted from where both agree: there the doubles are exact. */
export const createDrillTime =
  ({ scale, startMicros }: DrillClock): DrillTime =>
  (real) =>
    scale === 1 ? real : startMicros + Math.round((real - startMicros) * scale);

/** A clock as the value of `clockVariable`. */
export const renderDrillClock = ({ scale, startMicros }: DrillClock): string => `${scale}@${startMicros}`;

/** What `renderDrillClock` wrote; null when it is something else. */
export const parseDrillClock = (text: string): DrillClock | null => {
  const [, scale, startMicros] = /^(\d+(?:\.\d+)?)@(\d+)$/.exec(text) ?? [];
  return scale === undefined || Number(scale) <= 0 ? null : { scale: Number(scale), startMicros: Number(startMicros) };
};
