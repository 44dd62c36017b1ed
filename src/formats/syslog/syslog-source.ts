import type { LogSource } from '../../model/log-event.ts';
import type { SourceOf } from '../log/sources.ts';
import type { SyslogMessage } from './parse-syslog.ts';

/** Sigma's services of Linux, by the program that logs. */
const services: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sshd: 'sshd',
    'sshd-session': 'sshd',
    sudo: 'sudo',
    cron: 'cron',
    crond: 'cron',
    crontab: 'cron',
    anacron: 'cron',
    clamd: 'clamav',
    clamav: 'clamav',
    freshclam: 'clamav',
    guacd: 'guacamole',
    vsftpd: 'vsftpd',
    su: 'auth',
    login: 'auth',
    passwd: 'auth',
    useradd: 'auth',
    usermod: 'auth',
    groupadd: 'auth',
    'systemd-logind': 'auth',
    polkitd: 'auth',
    pkexec: 'auth',
    gdm: 'auth',
  }),
);

export const syslogSource = (
  { program, facility }: Pick<SyslogMessage, 'program' | 'facility'>,
  sourceOf: SourceOf,
): LogSource => {
  const byProgram = program === null ? undefined : services.get(program.toLowerCase());
  const byFacility = facility === 'auth' || facility === 'authpriv' ? 'auth' : 'syslog';
  return sourceOf({ product: 'linux', service: byProgram ?? byFacility, provider: program });
};
