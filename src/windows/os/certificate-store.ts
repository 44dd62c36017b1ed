import { existsSync, readFileSync } from 'node:fs';
import { trustFile } from '../../model/in-host.ts';

/** The authorities that the host trusts, PEM: the stand-in for Windows' certificate store. Undefined where there is no such file. */
export const trustedAuthorities = (): string | undefined =>
  existsSync(trustFile) ? readFileSync(trustFile, 'utf8') : undefined;
