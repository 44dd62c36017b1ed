import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { claimRoot } from '../../lab/namespace/state-folder.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { raise } from './ask-lab.ts';
import { labFolder, logOf, ownProcess, removeLab, writeLab, type LabFile } from './lab-file.ts';
import type { LabMessage } from './protocol.ts';

/** What the process that keeps a lab tells the one that started it, until the lab is up. */
export type KeeperMessage =
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'up' }
  | Extract<LabMessage, { type: 'failed' }>;

export interface RaiseOptions {
  readonly labs: string;
  readonly file: Omit<LabFile, 'owner' | 'state' | 'schemaVersion'>;
  /** The command line of the process that keeps the lab; the lab's name is put behind it. */
  readonly keeper: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/** Starts the process that keeps a lab, in a session of its own, and waits until the lab is up. */
export const startKeeper = async ({
  labs,
  keeper,
  cwd,
  signal,
  notice,
  ...options
}: RaiseOptions): Promise<LabFile> => {
  const file: LabFile = { schemaVersion: 1, ...options.file, owner: ownProcess(), state: 'starting' };
  claimRoot(labs, process.getuid?.() ?? 0);
  mkdirSync(labFolder(labs, file.lab), { mode: 0o700 });
  writeLab(labs, file);
  const log = openSync(logOf(labs, file.lab), 'ax', 0o600);
  const [program = '', ...args] = [...keeper, file.lab];
  const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const interrupt = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    await whenUp(child, notice);
  } catch (error) {
    // It took down what it had; only its note is left.
    removeLab(labs, file.lab);
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
  child.disconnect();
  child.unref();
  return file;
};

const whenUp = (child: ChildProcess, notice: (text: string) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    let failure: Error | null = null;
    child.on('message', (message: KeeperMessage) => {
      if (message.type === 'notice') notice(message.text);
      else if (message.type === 'up') resolve();
      else failure = raise(message);
    });
    child.once('error', reject);
    // Not before it is gone: until then it may be taking the lab down.
    child.once('exit', (code, name) =>
      reject(
        failure ??
          new HarnessError(`the process that was to keep the lab ended with ${name ?? `exit code ${code}`}`, {
            code: 'lab/failed-to-start',
          }),
      ),
    );
  });
