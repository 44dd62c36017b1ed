import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Availability } from '../driver.ts';

/** What the built programs of hosts were built from: `dist/built-from.json`. */
export interface BuiltFrom {
  /** Modules, relative to the project, sorted. */
  readonly files: readonly string[];
  readonly hash: string;
}

export const builtFromFile = 'built-from.json';

/** Over names and contents; null when one of them is not there. */
export const hashOfFiles = (root: string, files: readonly string[]): string | null => {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(root, file);
    if (!existsSync(path)) return null;
    hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

/**
 * Why the built programs (`dist/host`) cannot be put into hosts: they are not there, or are not of the sources beside them. Old ones answer
 * as nobody expects. Null when they can; a package brings no sources, and its programs are what they are.
 */
export const problemOfPrograms = (hostPrograms: string): Extract<Availability, { available: false }> | null => {
  const agent = join(hostPrograms, 'lab/agent.mjs');
  if (!existsSync(agent)) return { available: false, reason: `${agent} is not there`, hint: 'npm run build' };
  const dist = resolve(hostPrograms, '..');
  const note = join(dist, builtFromFile);
  const root = resolve(dist, '..');
  if (!existsSync(join(root, 'src'))) return null;
  const isCurrent = existsSync(note) && isOf(root, JSON.parse(readFileSync(note, 'utf8')) as BuiltFrom);
  if (isCurrent) return null;
  const reason = `the programs of hosts (${hostPrograms}) are older than their sources`;
  return { available: false, reason, hint: 'npm run build' };
};

const isOf = (root: string, { files, hash }: BuiltFrom): boolean => hashOfFiles(root, files) === hash;
