import type { HostSnapshot } from '../lab/driver.ts';
import { clockVariable } from '../lab/in-host.ts';
import { repetitionNoise, type DrillClock } from '../model/drill-clock.ts';
import type { Micros } from '../model/event.ts';
import type { Persona } from '../model/persona.ts';
import { createDrillTime, renderDrillClock } from '../util/drill-time.ts';
import type { PlannedVariant } from './plan.ts';

/** What makes the programs of a Linux host follow drill time. */
export const clockPackage = 'libfaketime';

// The loader knows which folder $LIB is.
const preload = '/usr/$LIB/faketime/libfaketime.so.1';

/**
 * Variables through which a command follows drill time; none in real time. The Windows persona's programs are ours and read the clock;
 * a Linux host's are faked: each process counts from the moment at which it starts, so that what it prints of the time only nears drill
 * time. Nothing is told by it: sensors stamp what they see.
 */
export const clockEnvironment = (
  persona: Persona,
  clock: DrillClock,
  now: Micros,
): Readonly<Record<string, string>> => {
  if (clock.scale === 1) return {};
  if (persona === 'windows') return { [clockVariable]: renderDrillClock(clock) };
  const ahead = Math.round((createDrillTime(clock)(now) - now) / 1_000_000);
  return { LD_PRELOAD: preload, FAKETIME: `+${ahead} x${clock.scale}` };
};

// Its shared memory and the lock of that, which go when the last process that has them ends by itself.
const libraryFile = /^\/dev\/shm\/(sem\.)?faketime_(shm|sem)_\d+ /;

/** A snapshot without what the faked clock itself put there. */
export const withoutClockFiles = (snapshot: HostSnapshot, { scale }: DrillClock): HostSnapshot =>
  scale === 1 ? snapshot : { ...snapshot, files: snapshot.files.filter((file) => !libraryFile.test(file)) };

/** Seconds of real time that must lie between two repetitions of a test: the noise is a twentieth of them then. */
export const leastInterval = 20 * repetitionNoise;

export interface ScaleLimit {
  readonly scale: number;
  readonly variant: string;
  readonly signal: string;
  readonly intervalSeconds: number;
}

/** The highest scale that the intervals of the variants' signals bear; null when none has an interval. */
export const highestScale = (variants: readonly PlannedVariant[]): ScaleLimit | null => {
  const limits = variants.flatMap(({ variant, signals }) =>
    signals.flatMap(({ id, every }): ScaleLimit[] => {
      if (every === null) return [];
      const { intervalSeconds } = every;
      const scale = Math.max(1, Math.floor(intervalSeconds / leastInterval));
      return [{ scale, variant: variant.name, signal: id, intervalSeconds }];
    }),
  );
  return limits.toSorted((a, b) => a.scale - b.scale)[0] ?? null;
};
