import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunApt } from './apt.ts';
import { listWhole, makeFolder } from './atomic-folder.ts';
import type { PackageIndex } from './package-index.ts';
import { packageId, type DebianPackage } from './package-uris.ts';

/** Where one package lies unpacked: its files in `files`, its scripts, which nobody runs, in `control`. */
export const packageFolder = (cache: string, one: DebianPackage): string => join(cache, 'packages', packageId(one));

export const missingPackages = async (
  cache: string,
  packages: readonly DebianPackage[],
): Promise<readonly DebianPackage[]> => {
  const present = new Set(await listWhole(join(cache, 'packages')));
  return packages.filter((one) => !present.has(packageId(one)));
};

/** Downloads packages, which apt checks against the signed lists, and unpacks them. Returns why not when that failed. */
export const unpackPackages = async (
  cache: string,
  packages: readonly DebianPackage[],
  index: PackageIndex,
  run: RunApt,
): Promise<string | null> => {
  if (packages.length === 0) return null;
  await mkdir(join(cache, 'packages'), { recursive: true });
  const archives = await mkdtemp(join(cache, 'download-'));
  try {
    const names = packages.map(({ name, version, architecture }) => `${name}:${architecture}=${version}`);
    const got = await index.aptGet(['-qq', 'download', ...names], archives);
    if (!got.ok) return got.complaint;
    const files = new Set(await readdir(archives));
    for (const one of packages) {
      const archive = `${packageId(one)}.deb`;
      if (!files.has(archive)) return `apt-get did not bring ${archive}`;
      await makeFolder(packageFolder(cache, one), async (staged) => {
        await extract(run, join(archives, archive), staged);
      });
    }
    return null;
  } finally {
    await rm(archives, { recursive: true, force: true });
  }
};

const extract = async (run: RunApt, archive: string, folder: string): Promise<void> => {
  for (const [flag, part] of [
    ['-x', 'files'],
    ['-e', 'control'],
  ] as const) {
    const { ok, complaint } = await run('dpkg-deb', [flag, archive, join(folder, part)]);
    if (!ok) throw new Error(`${archive} cannot be unpacked: ${complaint}`);
  }
};
