import type { Context } from 'mocha';
import type { Driver } from '../../src/lab/driver.ts';

/** Skips the suite, and says why, where the driver cannot run; fails it when TOCSIN_REQUIRE_LAB=1. */
export const requireLab = async (context: Context, driver: Driver): Promise<void> => {
  const availability = await driver.probe(AbortSignal.timeout(30_000));
  if (availability.available) return;
  const why = `no lab on the ${driver.name} driver: ${availability.reason} (${availability.hint})`;
  if (process.env['TOCSIN_REQUIRE_LAB'] === '1') throw new Error(why);
  console.warn(`\n  SKIPPED: ${why}\n`);
  context.skip();
};
