import { NotImplemented } from '../os/not-implemented.ts';
import { crlf } from '../os/stdio.ts';
import { accountNames, groups } from './accounts.ts';

export interface NetHost {
  readonly computer: string;
  /** Domain and name of the user. */
  readonly domain: string;
  readonly user: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const done = 'The command completed successfully.\n\n';
const line = `${'-'.repeat(79)}\n`;

/** Three in a row, 25 columns each. */
const columns = (names: readonly string[]): string =>
  names.map((name, index) => name.padEnd(25) + (index % 3 === 2 || index === names.length - 1 ? '\n' : '')).join('');

const accounts = `Force user logoff how long after time expires?:       Never
Minimum password age (days):                          0
Maximum password age (days):                          42
Minimum password length:                              0
Length of password history maintained:                None
Lockout threshold:                                    Never
Lockout duration (minutes):                           30
Lockout observation window (minutes):                 30
Computer role:                                        WORKSTATION
`;

const systemErrors = {
  1355: 'The specified domain either does not exist or could not be contacted.',
  1376: 'The specified local group does not exist.',
  6118: 'The list of servers for this workgroup is not currently available',
} as const;

const messages = {
  2221: 'The user name could not be found.',
  3515: 'This command can be used only on a Windows Domain Controller.',
} as const;

/**
 * net.exe's work: what it shows of accounts, groups, services and connections of the host. What would change them is not
 * implemented. Gives the exit code.
 */
export const runNet = (args: readonly string[], host: NetHost): number => {
  const words = args.filter((arg) => !arg.startsWith('/'));
  const switches = args.filter((arg) => arg.startsWith('/')).map((arg) => arg.toLowerCase());
  const verb = words[0]?.toLowerCase().replace(/s$/, '') ?? '';
  const [, subject, ...more] = words;
  const unknown = (): never => {
    throw new NotImplemented(`net ${args.join(' ')}`);
  };
  const show = (text: string): number => {
    host.out(crlf(text));
    return 0;
  };
  const systemError = (code: keyof typeof systemErrors): number => {
    host.error(crlf(`System error ${code} has occurred.\n\n${systemErrors[code]}\n\n`));
    return 2;
  };
  const failure = (code: keyof typeof messages): number => {
    host.error(crlf(`${messages[code]}\n\nMore help is available by typing NET HELPMSG ${code}.\n\n`));
    return 2;
  };
  const isDomain = switches.includes('/domain');
  if (more.length > 0 || switches.some((one) => one !== '/domain')) return unknown();
  if (isDomain && ['user', 'group', 'localgroup', 'account'].includes(verb)) {
    // The lab has no domain controller: this is what a member says that cannot reach one.
    host.out(crlf(`The request will be processed at a domain controller for domain ${host.domain}.\n\n`));
    return systemError(1355);
  }
  if (isDomain) return unknown();
  switch (verb) {
    case 'user':
      if (subject === undefined)
        return show(`\nUser accounts for \\\\${host.computer}\n\n${line}${columns(accountNames)}${done}`);
      return accountNames.some((name) => name.toLowerCase() === subject.toLowerCase()) ? unknown() : failure(2221);
    case 'localgroup': {
      const known = groups(host);
      if (subject === undefined)
        return show(
          `\nAliases for \\\\${host.computer}\n\n${line}${known.map(({ name }) => `*${name}\n`).join('')}${done}`,
        );
      const found = known.find(({ name }) => name.toLowerCase() === subject.toLowerCase());
      if (found === undefined) return systemError(1376);
      const members = found.members.map((name) => `${name}\n`).join('');
      return show(`Alias name     ${subject}\nComment        ${found.comment}\n\nMembers\n\n${line}${members}${done}`);
    }
    case 'group':
      return failure(3515);
    case 'account':
      return subject === undefined ? show(accounts + done) : unknown();
    case 'start':
      return subject === undefined
        ? show(
            `These Windows services are started:\n\n   Background Intelligent Transfer Service\n   Task Scheduler\n\n${done}`,
          )
        : unknown();
    case 'use':
      return subject === undefined
        ? show('New connections will be remembered.\n\nThere are no entries in the list.\n\n')
        : unknown();
    case 'view':
      return subject === undefined ? systemError(6118) : unknown();
    default:
      return unknown();
  }
};
