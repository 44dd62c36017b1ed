import { clockVariable } from '../../model/in-host.ts';
import { createDrillTime, parseDrillClock } from '../../util/drill-time.ts';
import { realTime } from '../../model/drill-clock.ts';

/** The time of day and its passing, as the host's programs have them: in drill time. */
export interface HostClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of drill time; whoever waits for the network, which is not faster, waits in real time. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Acts after so many milliseconds of drill time, unless the answer is called before. */
  readonly later: (milliseconds: number, act: () => void) => () => void;
}

// The longest that a timer of Node takes.
const longestTimer = 2 ** 31 - 1;

export const openHostClock = (environment: Readonly<Record<string, string | undefined>> = process.env): HostClock => {
  const clock = parseDrillClock(environment[clockVariable] ?? '') ?? realTime;
  const drillTime = createDrillTime(clock);
  const later = (milliseconds: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, Math.min(milliseconds / clock.scale, longestTimer));
    return () => clearTimeout(timer);
  };
  return {
    now: () => drillTime(Date.now() * 1000) / 1000,
    sleep: (milliseconds) => new Promise((resolve) => void later(milliseconds, resolve)),
    later,
  };
};
