import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Driver } from '../../lab/driver.ts';
import { createRunApt } from '../../lab/software/apt.ts';
import { machineRelease } from '../../lab/software/machine-release.ts';
import { readIndex } from '../../lab/software/package-index.ts';
import { plural } from '../../util/plural.ts';
import { ok, type Check } from './check.ts';

/** What hosts can be given beyond their root's own: what lies unpacked, and whether more can be had. */
export const checkSoftware = async (
  cache: string,
  drivers: readonly Driver[],
  nowMs: number,
  signal: AbortSignal,
): Promise<Check> => {
  const count = async (part: string): Promise<number> =>
    (await readdir(join(cache, part)).catch(() => [])).filter((name) => !name.startsWith('.')).length;
  const held = `${cache}: ${plural(await count('packages'), 'package')}, ${plural(await count('layers'), 'layer')}`;
  const name = 'software';
  const run = createRunApt(signal);
  const { ok: hasApt, complaint } = await run('apt-get', ['--version']);
  const limited = (why: string, fix: string): Check => ({ name, status: 'limited', detail: `${held}; ${why}`, fix });
  if (!hasApt)
    return limited(complaint, 'install what tests need on this machine: hosts of the namespace driver see its /usr');
  const release = machineRelease();
  const others = drivers.filter((driver) => driver.release !== release).map((driver) => driver.name);
  if (release === null || others.length > 0)
    return limited(
      `this machine's packages are of ${release ?? 'no Debian'}, which hosts of ${others.join(' and ')} are not`,
      "drill on the namespace driver, whose hosts are of this machine's release",
    );
  const index = await readIndex(cache, run);
  const asked =
    index === null ? 'not asked yet' : `asked ${Math.max(0, Math.round((nowMs - index.madeAt) / 3_600_000))} h ago`;
  return ok(name, `${held}; more from this machine's package sources (${release}, ${asked})`);
};
