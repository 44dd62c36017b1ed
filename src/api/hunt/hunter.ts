import { parentPort, workerData } from 'node:worker_threads';
import { createPartMatcher, type MatchSetup } from './match-part.ts';
import type { FromHunter, ToHunter } from './messages.ts';

/** A thread that reads parts of logs itself, so that no event crosses threads but those that were hit. */
const matchPart = createPartMatcher(workerData as MatchSetup);
const send = (message: FromHunter): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ index, part }: ToHunter) => {
  let told = 0;
  const onBytes = (bytes: number): void => {
    if (bytes - told < 4 << 20) return;
    told = bytes;
    send({ kind: 'bytes', index, bytes });
  };
  void matchPart(part, { onBytes }).then((result) => {
    send({ kind: 'done', index, result });
  });
});
send({ kind: 'ready' });
