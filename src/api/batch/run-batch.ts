import { exactJson } from '../../util/exact-json.ts';
import { failed, type Answer } from './answer.ts';
import { parseBatchLine } from './batch-line.ts';
import { startWorker, type Worker, type WorkerSettings } from './start-worker.ts';

export interface BatchSettings extends WorkerSettings {
  readonly signal: AbortSignal;
}

/** How much longer than its limit a query may take to end before its process is ended, in milliseconds. */
const grace = 2000;

/** Answers lines in their order, each as one line of JSON without its end. Empty lines have no answer. */
export async function* runBatch(
  lines: AsyncIterable<string>,
  settings: BatchSettings,
  start: typeof startWorker = startWorker,
): AsyncGenerator<string> {
  const { signal, ...ofWorker } = settings;
  let worker: Worker | null = null;
  const stop = (): void => worker?.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      worker ??= await start(ofWorker);
      signal.throwIfAborted();
      const answer = await worker.ask(line, settings.timeLimit + grace);
      signal.throwIfAborted();
      if (answer.kind === 'answer') {
        yield answer.text;
        continue;
      }
      worker.stop();
      worker = null;
      yield exactJson(
        answer.kind === 'silent'
          ? fail(line, 'query/time-limit', `the query took more than ${settings.timeLimit} ms`)
          : fail(line, 'query/crashed', `the process that ran the query ended: ${answer.how}`),
      );
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

const fail = (line: string, code: string, message: string): Answer => {
  const parsed = parseBatchLine(line);
  return failed(parsed.ok ? (parsed.line.id ?? null) : parsed.id, code, message);
};
