import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AptOutput, RunApt } from './apt.ts';
import { renderAptSettings } from './apt-settings.ts';
import { listWhole, makeFolder } from './atomic-folder.ts';
import { parsePackageUris } from './package-uris.ts';

/** What the machine's package sources offered at one moment. */
export interface PackageIndex {
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** Names of packages that every root of the release has: the essential ones and all that they need. */
  readonly base: ReadonlySet<string>;
  aptGet(args: readonly string[], cwd?: string): Promise<AptOutput>;
  aptCache(args: readonly string[]): Promise<AptOutput>;
}

/** The newest index in the cache; null when there is none. */
export const readIndex = async (cache: string, run: RunApt): Promise<PackageIndex | null> => {
  const name = (await indexNames(cache)).at(-1);
  if (name === undefined) return null;
  const folder = join(cache, 'index', name);
  const settings = ['-c', join(folder, 'apt.conf')];
  return {
    madeAt: Number(name),
    base: new Set(JSON.parse(await readFile(join(folder, 'base.json'), 'utf8')) as readonly string[]),
    aptGet: (args, cwd) => run('apt-get', [...settings, ...args], cwd),
    aptCache: (args) => run('apt-cache', [...settings, ...args]),
  };
};

/** Asks the machine's sources what they have. Returns why not when they do not answer; signatures are checked by apt. */
export const refreshIndex = async (cache: string, run: RunApt, nowMs: number): Promise<string | null> => {
  const name = String(Math.floor(nowMs)).padStart(15, '0');
  const folder = join(cache, 'index', name);
  await mkdir(join(cache, 'index'), { recursive: true });
  let problem: string | null = null;
  await makeFolder(folder, async (staged) => {
    problem = await fillIndex(staged, folder, run);
    if (problem !== null) throw new NotMade();
  }).catch((error: unknown) => {
    if (!(error instanceof NotMade)) throw error;
  });
  if (problem === null) await removeOlder(cache, name);
  return problem;
};

class NotMade extends Error {}

const fillIndex = async (staged: string, final: string, run: RunApt): Promise<string | null> => {
  for (const part of ['state/lists/partial', 'cache/archives/partial']) {
    await mkdir(join(staged, part), { recursive: true });
  }
  await writeFile(join(staged, 'status'), '');
  const settings = join(staged, 'apt.conf');
  await writeFile(settings, renderAptSettings(staged));
  const update = await run('apt-get', ['-c', settings, '-qq', 'update']);
  // Sources that do not answer are a warning to apt, so what came tells more than its exit code.
  const lists = await readdir(join(staged, 'state', 'lists'));
  if (!lists.some((list) => list.includes('_Packages'))) return update.complaint || 'no package list could be fetched';
  const essential = await run('apt-get', ['-c', settings, '-qq', '-y', '--print-uris', 'install', '?essential']);
  if (!essential.ok) return essential.complaint;
  const base = parsePackageUris(essential.stdout).map(({ name }) => name);
  await writeFile(join(staged, 'base.json'), JSON.stringify(base));
  await writeFile(settings, renderAptSettings(final));
  return null;
};

const indexNames = async (cache: string): Promise<readonly string[]> =>
  (await listWhole(join(cache, 'index'))).filter((name) => /^\d{15}$/.test(name));

/** Somebody may be reading the one before. */
const removeOlder = async (cache: string, newest: string): Promise<void> => {
  const old = (await indexNames(cache)).filter((name) => name < newest).slice(0, -1);
  for (const name of old) await rm(join(cache, 'index', name), { recursive: true, force: true });
};
