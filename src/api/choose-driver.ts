import type { Driver } from '../lab/driver.ts';
import { HarnessError } from '../model/harness-error.ts';

export interface DriverChoice {
  readonly driver: Driver;
  /** One line per driver that was asked, in order: what it said. */
  readonly considered: readonly string[];
}

/** The first driver that can run here, in the order given; or the one that was asked for, or why it cannot. */
export const chooseDriver = async (
  drivers: readonly Driver[],
  wanted: string | null,
  signal: AbortSignal,
): Promise<DriverChoice> => {
  const asked = wanted === null ? drivers : drivers.filter((driver) => driver.name === wanted);
  const considered: string[] = [];
  let hint = `drivers: ${drivers.map((driver) => driver.name).join(', ')}`;
  for (const driver of asked) {
    const availability = await driver.probe(signal);
    if (availability.available) {
      considered.push(`${driver.name}: ${availability.detail}`);
      return { driver, considered };
    }
    considered.push(`${driver.name}: ${availability.reason}`);
    hint = availability.hint;
  }
  throw new HarnessError(
    `no driver can run here (${considered.join('; ') || `there is no driver "${wanted ?? ''}"`})`,
    {
      code: 'lab/no-driver',
      hint,
    },
  );
};
