import { WindowsEnvironment } from '../os/environment.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';

/** whoami.exe without options: domain and name in lower case. */
void runProgram('whoami.exe', ([option]) => {
  if (option !== undefined) throw new NotImplemented(`whoami ${option}`);
  const environment = new WindowsEnvironment(process.env);
  const [domain, name] = ['USERDOMAIN', 'USERNAME'].map((variable) => environment.get(variable) ?? '');
  writeText(1, `${domain}\\${name}\r\n`.toLowerCase());
  return Promise.resolve(0);
});
