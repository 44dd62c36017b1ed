import { expect } from 'chai';
import { runBatch } from '../../../src/api/batch/run-batch.ts';
import type { Worker, WorkerAnswer } from '../../../src/api/batch/start-worker.ts';

const settings = { schemas: 'none', now: 0, timeLimit: 10 };

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* await Promise.resolve(lines);
}

/** Workers that meet with what no test can bring about at will. */
const workersThat = (answers: readonly WorkerAnswer[]) => {
  const rest = [...answers];
  const log: string[] = [];
  const start = (): Promise<Worker> => {
    log.push('start');
    return Promise.resolve({
      ask: () => Promise.resolve(rest.shift() ?? { kind: 'answer', text: '{}' }),
      stop: () => void log.push('stop'),
    });
  };
  return { start, log };
};

const answersOf = async (
  lines: readonly string[],
  answers: readonly WorkerAnswer[],
  signal = new AbortController().signal,
) => {
  const { start, log } = workersThat(answers);
  const found: unknown[] = [];
  for await (const answer of runBatch(linesOf(lines), { ...settings, signal }, start)) found.push(JSON.parse(answer));
  return { found, log };
};

describe('a batch whose worker fails', () => {
  const lines = ['{"id":"a","query":"x"}', '', '{"id":2,"query":"x"}', '{"id":3,"query":"x"}'];

  it('answers the line that was lost, and asks a new worker the next one', async () => {
    const { found, log } = await answersOf(lines, [
      { kind: 'silent' },
      { kind: 'ended', how: 'SIGSEGV' },
      { kind: 'answer', text: '{"id":3}' },
    ]);
    const place = { line: null, column: null };
    expect(found).to.deep.equal([
      { id: 'a', error: { code: 'query/time-limit', message: 'the query took more than 10 ms', ...place } },
      { id: 2, error: { code: 'query/crashed', message: 'the process that ran the query ended: SIGSEGV', ...place } },
      { id: 3 },
    ]);
    expect(log).to.deep.equal(['start', 'stop', 'start', 'stop', 'start', 'stop']);
  });

  it('starts none for a batch without lines', async () => {
    expect((await answersOf(['', ' '], [])).log).to.deep.equal([]);
  });

  it('stops where it is interrupted', async () => {
    const signal = AbortSignal.abort(new Error('interrupted by SIGINT'));
    const error = await answersOf(lines, [], signal).then(
      () => null,
      (caught: unknown) => caught,
    );
    expect((error as Error).message).to.equal('interrupted by SIGINT');
  });
});
