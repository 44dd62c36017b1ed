import { hostname } from 'node:os';
import { WindowsEnvironment } from '../os/environment.ts';
import { writeText } from '../os/stdio.ts';
import type { NetHost } from './run-net.ts';

/** The host that this program runs on. */
export const thisHost = (): NetHost => {
  const environment = new WindowsEnvironment(process.env);
  return {
    computer: hostname().toUpperCase(),
    domain: environment.get('USERDOMAIN') ?? '',
    user: environment.get('USERNAME') ?? '',
    out: (text) => writeText(1, text),
    error: (text) => writeText(2, text),
  };
};
