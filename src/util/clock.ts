import { setTimeout as delay } from 'node:timers/promises';

/** Time as an argument: tests pass a clock they turn themselves. */
export interface Clock {
  /** Microseconds since the epoch. */
  nowMicros(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMicros: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};
