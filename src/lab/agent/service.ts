import { createInterface } from 'node:readline';
import { CappedOutput } from './capped-output.ts';
import { startCommand, whyNotStartable } from './start.ts';
import type { ExecInput } from './protocol.ts';

const complaintLimit = 4096;

/**
 * Starts a program that stays. Resolves with its process id when it prints the line `ready`; rejects when it ends before,
 * or is not ready in time. `onLine` gets what it prints from then on, `onEnd` the
 * reason when it ends.
 */
export const startService = (
  input: ExecInput,
  launcher: readonly string[],
  onStart: (pid: number) => void,
  onLine: (line: string) => void,
  onEnd: (reason: string) => void,
): Promise<{ readonly pid: number }> =>
  new Promise((resolve, reject) => {
    const reason = whyNotStartable(input);
    if (reason !== null) return reject(new Error(reason));
    const child = startCommand(input, launcher);
    const complaints = CappedOutput.of(child.stderr, complaintLimit);
    let ready = false;
    const timer = setTimeout(() => reject(new Error(`not ready after ${input.timeoutMs} ms`)), input.timeoutMs);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (ready) return onLine(line);
      if (line !== 'ready' || child.pid === undefined) return;
      ready = true;
      clearTimeout(timer);
      resolve({ pid: child.pid });
    });
    child.once('error', (error) => reject(error));
    child.once('close', (exitCode: number | null, signal: string | null) => {
      clearTimeout(timer);
      const how = signal === null ? `ended with exit code ${exitCode}` : `ended by ${signal}`;
      const said = complaints.bytes().toString('utf8').trim();
      const end = said === '' ? how : `${how}: ${said}`;
      if (ready) onEnd(end);
      else reject(new Error(end));
    });
    if (child.pid !== undefined) onStart(child.pid);
  });
