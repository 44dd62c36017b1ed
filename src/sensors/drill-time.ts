import type { Micros } from '../model/event.ts';

export type DrillTime = (realMicros: Micros) => Micros;

/** Drill time = real time · scale + offset, computed around the instant where both agree: there the doubles are exact. */
export const createDrillTime = (clock: { readonly scale: number; readonly offsetMicros: number }): DrillTime => {
  if (clock.scale === 1) return (real) => real + clock.offsetMicros;
  const pivot = Math.round(clock.offsetMicros / (1 - clock.scale));
  return (real) => pivot + Math.round((real - pivot) * clock.scale);
};
