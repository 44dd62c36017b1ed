import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../model/harness-error.ts';
import { identify, isRunning, type ProcessIdentity } from './machine-process.ts';

/** What cleanup must know of a lab to end it, and nothing else: which processes, told apart by more than their numbers. */
export interface LabLabel {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly owner: ProcessIdentity;
  /** PID 1 of the lab and its namespaces; null until there is one. */
  readonly init: (ProcessIdentity & { readonly pidNamespace: string; readonly userNamespace: string }) | null;
}

/** Where labels of this user's labs are; the first is where new ones go. */
export const stateRoots = (uid: number, runtimeFolder: string | undefined): readonly string[] => [
  ...(runtimeFolder === undefined || runtimeFolder === '' ? [] : [join(runtimeFolder, 'tocsin')]),
  join(tmpdir(), `tocsin-${uid}`),
];

/** Makes the folder, or throws when it is somebody else's: /tmp is everybody's. */
export const claimRoot = (root: string, uid: number): void => {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const stats = lstatSync(root);
  if (!stats.isDirectory() || stats.uid !== uid || (stats.mode & 0o077) !== 0) {
    throw new HarnessError(`${root} is not a private folder of this user`, {
      code: 'lab/state-folder',
      hint: `Look at it, and remove it: ls -ld ${root}`,
    });
  }
};

const fileName = 'label.json';

/** A label appears whole or not at all: the process may be killed at any moment. */
export const writeLabel = (root: string, label: LabLabel): void => {
  const folder = join(root, label.runId);
  const text = `${JSON.stringify(label, null, 2)}\n`;
  const staging = join(root, `.${label.runId}.${label.owner.pid}.${label.owner.start}`);
  mkdirSync(staging, { mode: 0o700 });
  writeFileSync(join(staging, fileName), text, { mode: 0o600 });
  if (label.init === null) renameSync(staging, folder);
  else {
    renameSync(join(staging, fileName), join(folder, fileName));
    rmSync(staging, { recursive: true });
  }
};

export const removeLabel = (root: string, runId: string): void =>
  rmSync(join(root, runId), { recursive: true, force: true });

export type FoundLabel = { readonly folder: string } & (
  { readonly label: LabLabel; readonly problem: null } | { readonly label: null; readonly problem: string }
);

export const findLabels = (root: string): readonly FoundLabel[] =>
  listFolders(root)
    .filter((name) => !name.startsWith('.'))
    .map((name) => readLabel(join(root, name)));

/** Unfinished labels of processes that are gone. */
export const findStale = (root: string): readonly string[] =>
  listFolders(root)
    .filter((name) => name.startsWith('.'))
    .filter((name) => {
      const [start, pid] = name.split('.').toReversed().map(Number);
      return !isRunning({ pid: pid ?? 0, start: start ?? 0 });
    })
    .map((name) => join(root, name));

export const ownIdentity = (): ProcessIdentity => {
  const own = identify(process.pid);
  if (own === null) throw new Error('/proc does not know this process');
  return own;
};

const listFolders = (root: string): readonly string[] => {
  try {
    return readdirSync(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const readLabel = (folder: string): FoundLabel => {
  try {
    const label = JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as LabLabel;
    return label.schemaVersion === 1
      ? { folder, label, problem: null }
      : { folder, label: null, problem: `written by another version of tocsin (${String(label.schemaVersion)})` };
  } catch (error) {
    return { folder, label: null, problem: error instanceof Error ? error.message : String(error) };
  }
};
