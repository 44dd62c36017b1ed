import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { HarnessError } from '../../model/harness-error.ts';
import type { EnvironmentSource } from '../fixtures/load-environment.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export interface WorkerSettings {
  /** As `--schema`. */
  readonly schemas: string;
  /** For all lines. */
  readonly environment?: EnvironmentSource;
  /** Microseconds. */
  readonly now: number;
  /** Milliseconds a line. */
  readonly timeLimit: number;
}

export type WorkerAnswer =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'ended'; readonly how: string }
  | { readonly kind: 'silent' };

export interface Worker {
  /** One line at a time. `silent`: it did not answer in `patience` milliseconds. */
  ask(text: string, patience: number): Promise<WorkerAnswer>;
  stop(): void;
}

// As it stands, or compiled: beside this file either way.
const program = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

/** Starts a process that answers lines, and waits until it is warm. Throws HarnessError `batch/worker` when it does not start. */
export const startWorker = async (settings: WorkerSettings): Promise<Worker> => {
  const child = fork(program, [JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const said: string[] = [];
  child.stderr?.on('data', (part: Buffer) => {
    said.push(String(part));
    if (said.length > 20) said.shift();
  });
  let ended: string | null = null;
  const end = once(child, 'exit').then(([code, signal]) => {
    ended = signal === null ? `exit code ${String(code)}` : String(signal);
    return { kind: 'ended', how: ended } as const;
  });
  const reply = async (): Promise<FromWorker> => ((await once(child, 'message')) as [FromWorker])[0];
  const first = await Promise.race([reply(), end]);
  if (first.kind !== 'ready') {
    throw new HarnessError(`the process that runs queries did not start: ${said.join('').trim().slice(-500)}`, {
      code: 'batch/worker',
    });
  }
  return {
    ask: async (text, patience) => {
      if (ended !== null) return { kind: 'ended', how: ended };
      const answer = reply();
      child.send({ text } satisfies ToWorker);
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<{ readonly kind: 'silent' }>((resolve) => {
        timer = setTimeout(resolve, patience, { kind: 'silent' });
      });
      const result = await Promise.race([answer, end, silence]);
      clearTimeout(timer);
      if (result.kind === 'ready') throw new Error('the worker was ready twice');
      return result;
    },
    stop: () => {
      if (ended === null) child.kill('SIGKILL');
    },
  };
};
