import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { assertNever } from '../../model/assert-never.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { Terminal } from '../../lab/driver.ts';
import type { KeptLab } from '../../run/kept-lab.ts';
import type { LabMessage, LabQuestion, Typed } from './protocol.ts';

/** Answers questions about a kept lab on a Unix socket. */
export const serveLab = (lab: KeptLab, path: string): Promise<Server> => {
  const server = createServer((socket) => serveOne(lab, socket));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
};

const serveOne = (lab: KeptLab, socket: Socket): void => {
  let terminal: Terminal | null = null;
  let asked = false;
  const gone = new AbortController();
  const send = (message: LabMessage): void => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const openShell = (question: Extract<LabQuestion, { ask: 'shell' }>): Promise<unknown> => {
    terminal = lab.openShell({
      ...question,
      onOutput: (bytes) => send({ type: 'screen', base64: Buffer.from(bytes).toString('base64') }),
    });
    return terminal.ended;
  };
  const respond = async (question: LabQuestion): Promise<unknown> => {
    switch (question.ask) {
      case 'status':
        return { sealed: lab.sealed, hosts: lab.hosts };
      case 'facts':
        await lab.flush();
        return { facts: lab.facts, steps: lab.steps };
      case 'run':
        return lab.run({ ...question, signal: gone.signal });
      case 'shell':
        return openShell(question);
      default:
        return assertNever(question);
    }
  };
  // Whoever asked may leave at any moment. A shell ends as it does when its terminal is closed.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    gone.abort();
    terminal?.hangUp();
  });
  const lines = createInterface({ input: socket });
  lines.on('error', () => undefined);
  lines.on('line', (line) => {
    if (asked) return type(terminal, JSON.parse(line) as Typed);
    asked = true;
    respond(JSON.parse(line) as LabQuestion).then(
      (value) => send({ type: 'answer', value }),
      (error: unknown) => send(failureOf(error)),
    );
  });
};

const type = (terminal: Terminal | null, typed: Typed): void => {
  if (typed.type === 'resize') terminal?.resize(typed);
  else terminal?.write(Buffer.from(typed.base64, 'base64'));
};

export const failureOf = (error: unknown): Extract<LabMessage, { type: 'failed' }> => ({
  type: 'failed',
  code: error instanceof HarnessError ? error.code : 'lab/failed',
  message: error instanceof Error ? error.message : String(error),
  hint: error instanceof HarnessError ? (error.hint ?? null) : null,
  exitCode: error instanceof HarnessError ? error.exitCode : exitCode.bug,
});
