import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { renderConfiguration } from './configuration.ts';

/**
 * The syslog daemon of a Linux host: rsyslog itself, from the host's software, listening on /dev/log. Every message goes to standard
 * output and so out of the host at once, where no test can change it. Options (JSON, first argument): `processes`. Prints
 * `ready` once programs can log.
 */
interface Options {
  /** Programs that start from now on are logged, by snoopy. */
  readonly processes: boolean;
}

const daemon = '/usr/sbin/rsyslogd';
const configuration = '/etc/rsyslog.conf';
const processLog = '/usr/lib/x86_64-linux-gnu/libsnoopy.so';
const socket = '/dev/log';

const options = JSON.parse(process.argv[2] ?? '{}') as Options;

const fail = (reason: string): void => {
  console.error(reason);
  process.exitCode = 1;
};

const start = async (): Promise<void> => {
  if (!existsSync(daemon)) return fail(`${daemon} is not on this host`);
  if (options.processes && !existsSync(processLog)) return fail(`${processLog} is not on this host`);
  writeFileSync(configuration, renderConfiguration(socket));
  // The daemon opens its output by name, which a pipe of a shell has and a socket of Node's has not.
  const pipeline = spawn('/bin/sh', ['-c', `${daemon} -n -iNONE -f ${configuration} | cat`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let hasEnded = false;
  pipeline.once('exit', (code, signal) => {
    hasEnded = true;
    fail(`rsyslogd ended: ${signal ?? `exit code ${String(code)}`}`);
  });
  while (!existsSync(socket)) {
    if (hasEnded) return;
    await delay(20);
  }
  if (options.processes) writeFileSync('/etc/ld.so.preload', `${processLog}\n`);
  console.log('ready');
};

await start();
