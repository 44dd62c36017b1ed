import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from '../../lab/namespace/machine-process.ts';
import { claimRoot } from '../../lab/namespace/state-folder.ts';
import type { Driver } from '../../lab/driver.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';

/** What must be known of a kept lab to speak with it, and to end it. */
export interface LabFile {
  readonly schemaVersion: 1;
  readonly lab: string;
  readonly topology: string;
  readonly driver: Driver['name'];
  /** The process that answers for it, told apart by more than its number. */
  readonly owner: ProcessIdentity;
  /** ISO time. */
  readonly startedAt: string;
  readonly state: 'starting' | 'up';
  readonly evidence: string;
  /** Folder of the project whose topology it is. */
  readonly root: string;
}

const fileName = 'lab.json';

/** A short path: names of sockets are bounded to about a hundred characters. */
export const labFolder = (root: string, lab: string): string => join(root, lab);
export const socketOf = (root: string, lab: string): string => join(root, lab, 'socket');
export const logOf = (root: string, lab: string): string => join(root, lab, 'log');

/** Where kept labs of this user are noted. */
export const labsRoot = (env: Readonly<Record<string, string | undefined>>): string => {
  const runtime = env['XDG_RUNTIME_DIR'];
  return runtime === undefined || runtime === ''
    ? join(tmpdir(), `tocsin-labs-${process.getuid?.() ?? 0}`)
    : join(runtime, 'tocsin-labs');
};

/** It appears whole or not at all: the process may be killed at any moment. */
export const writeLab = (root: string, file: LabFile): void => {
  claimRoot(root, process.getuid?.() ?? 0);
  const folder = labFolder(root, file.lab);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staging = join(folder, `.${fileName}`);
  writeFileSync(staging, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  renameSync(staging, join(folder, fileName));
};

export const removeLab = (root: string, lab: string): void => rmSync(labFolder(root, lab), { recursive: true });

/** The process that calls. */
export const ownProcess = (): ProcessIdentity => {
  const own = identify(process.pid);
  if (own === null) throw new Error('/proc does not know this process');
  return own;
};

export const hasOwner = ({ owner }: LabFile): boolean => isRunning(owner);

/** Every lab that is noted, in order of their names, which begin with the time; one whose note cannot be read is left out. */
export const findLabs = (root: string): readonly LabFile[] => {
  let names: readonly string[];
  try {
    names = readdirSync(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return [...names].sort().flatMap((name) => readLab(root, name) ?? []);
};

const readLab = (root: string, name: string): LabFile | null => {
  try {
    const file = JSON.parse(readFileSync(join(labFolder(root, name), fileName), 'utf8')) as LabFile;
    return file.schemaVersion === 1 && file.lab === name ? file : null;
  } catch {
    // Removed since it was listed, or somebody else's: cleanup goes by the labels of what runs.
    return null;
  }
};

/** The lab of this name; the only one when none is named. Throws where that is not one lab. */
export const chooseLab = (root: string, wanted: string | undefined): LabFile => {
  const labs = findLabs(root);
  const [first, ...others] = wanted === undefined ? labs : labs.filter(({ lab }) => lab === wanted);
  if (first !== undefined && others.length === 0) return first;
  const names = labs.map(({ lab }) => lab).join(', ');
  if (first !== undefined)
    throw new HarnessError('several labs are up', {
      code: 'lab/which',
      exitCode: exitCode.usage,
      hint: `say which with --lab: ${names}`,
    });
  throw new HarnessError(wanted === undefined ? 'no lab is up' : `there is no lab ${JSON.stringify(wanted)}`, {
    code: 'lab/none',
    exitCode: exitCode.usage,
    hint: labs.length === 0 ? 'start one: tocsin lab up TOPOLOGY' : `labs: ${names}`,
  });
};
