import type { Driver } from '../lab/driver.ts';
import { createRunApt } from '../lab/software/apt.ts';
import { softwareCache } from '../lab/software/cache-folder.ts';
import { machineRelease } from '../lab/software/machine-release.ts';
import type { SoftwareOptions } from '../lab/software/provide-software.ts';
import { systemClock } from '../util/clock.ts';

/** Host software from this machine's package sources, kept in this user's cache. */
export const softwareOptions = (driver: Driver, signal: AbortSignal): Omit<SoftwareOptions, 'notice'> => ({
  cache: softwareCache(process.env),
  run: createRunApt(signal),
  releases: { machine: machineRelease(), hosts: driver.release },
  nowMs: () => systemClock.nowMicros() / 1000,
});
