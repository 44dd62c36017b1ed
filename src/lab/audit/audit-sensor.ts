import { randomInt } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../model/harness-error.ts';
import type { Residue } from '../../model/run-result.ts';
import { firstLine, startLong } from '../namespace/long-process.ts';

/** In the folder of raw evidence: the kernel's audit records of every host, as auditd writes them. */
export const auditFile = 'audit.log';

/** The kernel's audit system, watching the hosts of one lab. */
export interface AuditSensor {
  readonly file: string;
  /** Has it watch a host that is about to start, and gives the login uid that the host's first process must take. */
  watch(host: string): Promise<number>;
  /** Has it write what the kernel still holds, take its rules back, and end. */
  finish(): Promise<void>;
}

const perl = (...argv: readonly string[]): readonly string[] => [
  '/usr/bin/perl',
  '-e',
  readFileSync(join(import.meta.dirname, 'audit.pl'), 'utf8'),
  ...argv,
];

/** No account has one of these; each lab begins somewhere else. */
const lowestUid = 3_000_000_000;
const uids = 1_000_000_000;

export const startAudit = async (runId: string, file: string): Promise<AuditSensor> => {
  const descriptor = openSync(file, 'wx', 0o600);
  const sensor = startLong(runId, perl('read', '3', '1', runId), [descriptor]);
  closeSync(descriptor);
  await firstLine(sensor, 'the kernel audit sensor').catch((cause: unknown) => {
    throw new HarnessError(cause instanceof Error ? cause.message : String(cause), {
      code: 'sensor/failed-to-start',
      hint: 'Kernel audit needs root of the machine. Leave TOCSIN_AUDIT=kernel out to have audit records made from the trace.',
      cause,
    });
  });
  let next = lowestUid + randomInt(uids);
  let asking: Promise<unknown> = Promise.resolve();
  const ask = async (host: string): Promise<number> => {
    const uid = next++;
    sensor.child.stdin?.write(`${uid} ${host}\n`);
    const answer = await firstLine(sensor, 'the kernel audit sensor');
    if (answer === `watching ${uid}`) return uid;
    throw new HarnessError(`the kernel audit sensor cannot watch host ${host}: ${answer}`, {
      code: 'sensor/failed-to-start',
    });
  };
  return {
    file,
    // Hosts start side by side; the answers come one by one.
    watch: (host) => {
      const answer = asking.then(() => ask(host));
      asking = answer.catch(() => undefined);
      return answer;
    },
    finish: async () => {
      sensor.child.stdin?.end();
      await sensor.ended;
    },
  };
};

/** Becomes the command after taking the login uid, which everything that it starts keeps: the rules know the host by it. */
export const withLoginUid = (uid: number | null, argv: readonly string[]): readonly string[] =>
  uid === null ? argv : ['/bin/sh', '-c', `echo ${uid} > /proc/self/loginuid && exec "$@"`, 'sh', ...argv];

/** Removes the rules that sensors of this run left, or those of every run whose sensor is gone. */
export const removeAuditRules = async (runId: string | null): Promise<readonly Residue[]> => {
  if (process.getuid?.() !== 0) return [];
  const [file = '', ...rest] = perl('remove', ...(runId === null ? [] : [runId]));
  // Where the kernel has no audit system, nobody left rules in it.
  const { stdout, exitCode } = await execa(file, rest, { reject: false, stdin: 'ignore' });
  if (exitCode !== 0) return [];
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((detail) => ({ kind: 'audit rule', name: detail.replace(/^audit rule of run /, ''), detail }));
};

/** Whether this machine's kernel lets us read its audit records; why not, for `doctor`. */
export const probeAudit = async (): Promise<string | null> => {
  if (process.getuid?.() !== 0) return 'it needs root of the machine';
  const [file = '', ...rest] = perl('remove', 'no-run');
  const { exitCode, stderr } = await execa(file, rest, { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? null : (stderr.trim().split('\n')[0] ?? 'it does not answer');
};
