import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { HarnessError } from '../../model/harness-error.ts';
import { CappedOutput } from '../agent/capped-output.ts';
import { toolEnvironment } from './tool.ts';

export interface LongProcess {
  readonly child: ChildProcess;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
}

const complaintLimit = 8192;

/**
 * Starts a process that stays, out of reach of the terminal's signals: Ctrl+C is for the harness, which then takes the lab
 * down in order. Descriptors 0 to 2 are pipes; `extra` follows them.
 */
export const startLong = (
  runId: string,
  argv: readonly string[],
  extra: readonly (number | 'pipe')[] = [],
): LongProcess => {
  const [file = '', ...rest] = argv;
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...extra];
  const child = spawn(file, rest, { stdio, env: toolEnvironment(runId), cwd: '/', detached: true });
  const complaints = child.stderr === null ? null : CappedOutput.of(child.stderr, complaintLimit);
  // It may end before it has read what it is told; how it ended says so.
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (exitCode, signal) => {
      const how = signal === null ? `exit code ${exitCode}` : signal;
      const said = complaints?.bytes().toString('utf8').trim() ?? '';
      resolve(said === '' ? how : `${how}: ${said}`);
    });
  });
  return { child, ended };
};

/** Reads the first line that it prints, leaving the rest to other readers. Throws when it ends before. */
export const firstLine = async ({ child, ended }: LongProcess, what: string): Promise<string> => {
  const output = child.stdout;
  if (output === null) throw new Error(`${what} has no output`);
  const line = new Promise<string>((resolve) => {
    let text = '';
    const onReadable = (): void => {
      for (let byte = output.read(1) as Buffer | null; byte !== null; byte = output.read(1) as Buffer | null) {
        if (byte.toString('latin1') === '\n') {
          output.off('readable', onReadable);
          return resolve(text);
        }
        text += byte.toString('latin1');
      }
    };
    output.on('readable', onReadable);
  });
  const outcome = await Promise.race([line.then((text) => ({ text })), ended.then((how) => ({ how }))]);
  if ('text' in outcome) return outcome.text;
  throw new HarnessError(`${what} could not be started: ${outcome.how}`, { code: 'lab/failed-to-start' });
};

/** Reads the process id that our scripts print first: their own, as the machine numbers it. */
export const readPid = async (process: LongProcess, what: string): Promise<number> => {
  const line = await firstLine(process, what);
  if (!/^[1-9]\d*$/.test(line)) throw new Error(`${what} printed ${JSON.stringify(line)} where its process id is due`);
  return Number(line);
};
