import { createHash } from 'node:crypto';
import { link, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import type { SoftwareLayer } from '../software-layer.ts';
import { parseAlternatives, type Alternative } from './alternatives.ts';
import { makeFolder, makeOpenFolder } from './atomic-folder.ts';
import { packageId, type DebianPackage } from './package-uris.ts';
import { packageFolder } from './unpack-packages.ts';

/** Changes when layers are composed in another way, so that an old one is not taken for a new one. */
const composition = 'layer 1';

/** One layer of these packages, all of which lie unpacked in the cache; made of links to their files, so it takes no room. */
export const composeLayer = async (cache: string, packages: readonly DebianPackage[]): Promise<SoftwareLayer> => {
  const ids = packages.map(packageId).sort();
  const id = createHash('sha256')
    .update([composition, ...ids].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const folder = join(cache, 'layers', id);
  const layer = { id, folder, packages: ids };
  if ((await kindOf(folder)) === 'folder') return layer;
  await mkdir(dirname(folder), { recursive: true });
  await makeFolder(folder, async (staged) => {
    await makeOpenFolder(join(staged, 'usr'));
    await makeOpenFolder(join(staged, 'own'));
    for (const one of packages) await addTree(join(packageFolder(cache, one), 'files'), '', staged);
    await addAlternatives(staged, await alternativesOf(cache, packages));
    await writeFile(join(staged, 'packages.json'), `${JSON.stringify(ids, null, 2)}\n`);
  });
  return layer;
};

/** Hosts have one `/usr`; packages of older habits still ship `/bin` and its siblings, which are links into it. */
const placeOf = (path: string): string => {
  const merged = path.replace(/^\/(?=(?:bin|sbin|lib|lib32|lib64|libx32)(?:\/|$))/, '/usr/');
  return merged === '/usr' || merged.startsWith('/usr/') ? merged : `/own${merged}`;
};

const addTree = async (root: string, path: string, staged: string): Promise<void> => {
  for (const entry of await readdir(join(root, path), { withFileTypes: true })) {
    const from = `${path}/${entry.name}`;
    const to = join(staged, placeOf(from));
    if (entry.isDirectory()) {
      if ((await kindOf(to)) === null) await makeOpenFolder(to);
      await addTree(root, from, staged);
    } else if ((await kindOf(to)) === null) {
      if (entry.isFile()) await link(join(root, from), to);
      else if (entry.isSymbolicLink()) await addLink(from, await readlink(join(root, from)), staged);
    }
  }
};

/** A link of a file that moves into `/usr` leads to where its target is after the same move. */
const addLink = async (from: string, target: string, staged: string): Promise<void> => {
  const place = placeOf(from);
  const moved = place.startsWith('/usr/') && !from.startsWith('/usr/');
  const lead = moved ? placeOf(posix.resolve(posix.dirname(from), target)) : target;
  // `/bin/x` that leads to `/usr/bin/x` is the same file now.
  if (lead !== place) await symlink(moved ? posix.relative(posix.dirname(place), lead) : target, join(staged, place));
};

const alternativesOf = async (cache: string, packages: readonly DebianPackage[]): Promise<readonly Alternative[]> => {
  const scripts = await Promise.all(
    packages.map((one) => readFile(join(packageFolder(cache, one), 'control', 'postinst'), 'utf8').catch(() => '')),
  );
  return scripts.flatMap(parseAlternatives).toSorted((a, b) => b.priority - a.priority);
};

/** The best offer for each name becomes that name: a plain link, without the detour over /etc/alternatives. */
const addAlternatives = async (staged: string, alternatives: readonly Alternative[]): Promise<void> => {
  for (const { link: name, target } of alternatives) {
    const from = join(staged, placeOf(name));
    const to = join(staged, placeOf(target));
    if ((await kindOf(from)) !== null || (await kindOf(to)) === null) continue;
    await makeOpenFolder(dirname(from));
    await symlink(relative(dirname(from), to), from);
  }
};

const kindOf = async (path: string): Promise<'folder' | 'other' | null> => {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch {
    return null;
  }
};
