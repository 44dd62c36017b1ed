import type { Micros } from './event.ts';

/**
 * How drill time runs: `scale` times as fast as real time, from an instant at which both agree. Drill time is what the products' tables
 * show; real time is what sensors saw.
 */
export interface DrillClock {
  readonly scale: number;
  readonly startMicros: Micros;
}

export const realTime: DrillClock = { scale: 1, startMicros: 0 };

/**
 * Seconds of real time by which two repetitions of a test may lie further apart than it asks for: what it does between its sleeps, traced,
 * on a busy machine (0.03 to 0.13 s were seen at a load of 14 on 2 cores). A compressed clock multiplies it.
 */
export const repetitionNoise = 0.15;
