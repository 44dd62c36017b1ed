import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LogPart } from '../log-sources/plan-parts.ts';
import { createPartMatcher, type MatchSetup, type PartResult } from './match-part.ts';
import type { FromHunter, ToHunter } from './messages.ts';

export interface HuntersOptions {
  readonly threads: number;
  /** Bytes of a part that have been read so far. */
  readonly onBytes: (index: number, bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Events live for microseconds: more room for them only makes the process larger, a third of a gigabyte with two threads. */
const maxYoungGenerationSizeMb = 24;

/** How many parts may be done, or be on their way, ahead of the first that is not. */
const lookahead = 4;

/** Matches parts and gives their results in the order of the parts. One thread is this one. */
export const huntParts = (
  setup: MatchSetup,
  parts: readonly LogPart[],
  options: HuntersOptions,
): AsyncGenerator<PartResult> =>
  options.threads <= 1 ? huntHere(setup, parts, options) : huntInThreads(setup, parts, options);

async function* huntHere(
  setup: MatchSetup,
  parts: readonly LogPart[],
  { onBytes, signal }: HuntersOptions,
): AsyncGenerator<PartResult> {
  const matchPart = createPartMatcher(setup);
  for (const [index, part] of parts.entries()) {
    signal?.throwIfAborted();
    yield await matchPart(part, {
      onBytes: (bytes) => {
        onBytes(index, bytes);
      },
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

// As it stands, or compiled: beside this file either way.
const program = join(import.meta.dirname, `hunter${extname(import.meta.filename)}`);

async function* huntInThreads(
  setup: MatchSetup,
  parts: readonly LogPart[],
  { threads, onBytes, signal }: HuntersOptions,
): AsyncGenerator<PartResult> {
  const results = new Map<number, PartResult>();
  const idle: Worker[] = [];
  let failure: unknown = null;
  let next = 0;
  let given = 0;
  let wake = (): void => undefined;
  const fail = (error: unknown): void => {
    failure ??= error;
    wake();
  };
  const feed = (): void => {
    while (next < parts.length && next < given + threads * lookahead) {
      const worker = idle.pop();
      const part = parts[next];
      if (worker === undefined || part === undefined) return;
      worker.postMessage({ index: next++, part } satisfies ToHunter);
    }
  };
  const workers = Array.from({ length: Math.min(threads, parts.length) }, () => {
    const worker = new Worker(program, { workerData: setup, resourceLimits: { maxYoungGenerationSizeMb } });
    worker.on('message', (message: FromHunter) => {
      if (message.kind === 'bytes') {
        onBytes(message.index, message.bytes);
        return;
      }
      if (message.kind === 'done') results.set(message.index, message.result);
      idle.push(worker);
      feed();
      wake();
    });
    worker.on('error', fail);
    worker.on('exit', (code) => {
      fail(new Error(`a thread of the hunt ended with code ${code}`));
    });
    return worker;
  });
  const onAbort = (): void => {
    fail(signal?.reason);
  };
  signal?.addEventListener('abort', onAbort);
  try {
    while (given < parts.length) {
      signal?.throwIfAborted();
      if (failure !== null) throw failure as Error;
      const result = results.get(given);
      if (result === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      results.delete(given);
      given++;
      feed();
      yield result;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    for (const worker of workers) worker.removeAllListeners('exit');
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
