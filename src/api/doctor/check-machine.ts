import { release } from 'node:os';
import { execa } from 'execa';
import { probeAudit } from '../../lab/audit/audit-sensor.ts';
import type { Driver } from '../../lab/driver.ts';
import { messageOf, ok, type Check } from './check.ts';

/** Programs of the lab, the Debian package of each, and what prints its version. */
const programs = [
  { program: 'strace', package: 'strace', args: ['--version'] },
  { program: 'ip', package: 'iproute2', args: ['-Version'] },
] as const;

/** Asked by running them: a file of that name may be anything. */
export const checkPrograms = (): Promise<readonly Check[]> =>
  Promise.all(
    programs.map(async ({ program, package: debian, args }): Promise<Check> => {
      const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
      const result = await execa(program, [...args], { env: { PATH }, reject: false, stdin: 'ignore', timeout: 5000 });
      const said = (result.stdout || result.stderr || '').split('\n')[0] ?? '';
      if (result.exitCode === 0) return ok(program, said);
      return {
        name: program,
        status: 'missing',
        detail: 'not found: the lab watches and wires hosts with it',
        fix: `run: sudo apt-get install -y ${debian}`,
      };
    }),
  );

/** The trace does without: its absence is no fault. */
export const checkAudit = async (): Promise<Check> => {
  const why = await probeAudit();
  if (why === null) return ok('kernel audit', 'can be read: `run --audit kernel` takes its records');
  const detail = `cannot be read: ${why}; audit records of Linux hosts are made from the trace, and say so`;
  return {
    name: 'kernel audit',
    status: 'limited',
    detail,
    fix: 'run as root of a machine whose kernel has CONFIG_AUDIT',
  };
};

/** Every driver in the order in which `run` asks them; the first that answers is the one it takes. */
export const checkDrivers = async (drivers: readonly Driver[], signal: AbortSignal): Promise<readonly Check[]> => {
  const checks: Check[] = [];
  let chosen: string | null = null;
  for (const driver of drivers) {
    const name = `driver ${driver.name}`;
    const found = await driver
      .probe(signal)
      .catch((error: unknown) => ({ available: false as const, reason: messageOf(error), hint: 'report this' }));
    if (found.available) {
      const role: string = chosen === null ? 'taken unless --driver says otherwise' : `after ${chosen}`;
      checks.push(ok(name, `${found.detail}; ${role}`));
      chosen ??= driver.name;
    } else checks.push({ name, status: 'limited', detail: found.reason, fix: found.hint });
  }
  if (chosen !== null) return [ok('lab', `kernel ${release()}, drills run on the ${chosen} driver`), ...checks];
  const detail = 'no driver can run here: replay, query, check and reports work, run does not';
  return [{ name: 'lab', status: 'missing', detail, fix: 'make one of the drivers below work' }, ...checks];
};
