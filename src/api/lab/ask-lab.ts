import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ExitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { hasOwner, logOf, socketOf, type LabFile } from './lab-file.ts';
import type { LabAnswers, LabMessage, LabQuestion, Typed } from './protocol.ts';

export interface Asked<A> {
  readonly answer: Promise<A>;
  type(typed: Typed): void;
}

/** Puts a question to the process that keeps a lab. `onScreen` gets what a shell shows. The signal breaks it off. */
export const askLab = <Q extends LabQuestion>(
  root: string,
  file: LabFile,
  question: Q,
  signal: AbortSignal,
  onScreen: (bytes: Buffer) => void = () => undefined,
): Asked<LabAnswers[Q['ask']]> => {
  const socket = connect(socketOf(root, file.lab));
  socket.write(`${JSON.stringify(question)}\n`);
  return {
    answer: answerOf(socket, root, file, signal, onScreen) as Promise<LabAnswers[Q['ask']]>,
    type: (typed) => {
      if (socket.writable) socket.write(`${JSON.stringify(typed)}\n`);
    },
  };
};

const answerOf = (
  socket: Socket,
  root: string,
  file: LabFile,
  signal: AbortSignal,
  onScreen: (bytes: Buffer) => void,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const settle = (): void => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    };
    createInterface({ input: socket })
      .on('line', (line) => {
        const message = JSON.parse(line) as LabMessage;
        if (message.type === 'screen') return onScreen(Buffer.from(message.base64, 'base64'));
        settle();
        if (message.type === 'answer') resolve(message.value);
        else reject(raise(message));
      })
      // The socket's own, which tells the same.
      .on('error', () => undefined)
      // Nothing, where an answer came before.
      .on('close', () => {
        settle();
        reject(goneError(root, file));
      });
    socket.on('error', (cause) => {
      settle();
      reject(goneError(root, file, cause));
    });
  });

/** What failed on the other side, as if it had failed here. */
export const raise = ({ code, message, hint, exitCode }: Extract<LabMessage, { type: 'failed' }>): HarnessError =>
  new HarnessError(message, { code, exitCode: exitCode as ExitCode, ...(hint === null ? {} : { hint }) });

const goneError = (root: string, file: LabFile, cause?: unknown): HarnessError => {
  const why = hasOwner(file) ? 'does not answer' : 'is not up any more: the process that kept it has ended';
  return new HarnessError(`lab ${file.lab} ${why}`, {
    code: 'lab/gone',
    hint: `it may have said why in ${logOf(root, file.lab)}; end what is left of it: tocsin lab down ${file.lab}`,
    cause,
  });
};
