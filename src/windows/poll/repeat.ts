import type { HostClock } from '../os/clock.ts';
import type { Polling } from './polling.ts';

/** Acts at fixed times from now on, so that what an act takes moves no later one. Gives how many acts failed, and the last reason. */
export const repeat = async (
  { everySeconds, times }: Pick<Polling, 'everySeconds' | 'times'>,
  clock: HostClock,
  act: () => Promise<void>,
): Promise<{ readonly failed: number; readonly reason: string }> => {
  const began = clock.now();
  let [failed, reason] = [0, ''];
  for (let count = 0; times === null || count < times; count++) {
    const wait = began + count * everySeconds * 1000 - clock.now();
    if (wait > 0) await clock.sleep(wait);
    try {
      await act();
    } catch (error) {
      failed++;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { failed, reason };
};
