import { writeFileSync } from 'node:fs';
import type { WindowsEnvironment } from '../os/environment.ts';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { crlf } from '../os/stdio.ts';
import { HttpFailure, type HttpClient, type HttpResponse } from '../powershell/http/client.ts';
import { failureOfRequest, failureOfStatus, type CertutilFailure } from './failures.ts';
import { readCertutilOptions } from './options.ts';
import { keepInUrlCache } from './url-cache.ts';

export interface CertutilHost {
  /** WinHTTP, which CryptoAPI retrieves with, and WinINet: each has connections of its own. */
  readonly http: readonly [winHttp: HttpClient, winInet: HttpClient];
  readonly drive: string;
  /** Current folder, Windows form. */
  readonly location: string;
  readonly environment: WindowsEnvironment;
  readonly now: () => number;
  readonly write: (text: string) => void;
}

/** `certutil -urlcache -split -f URL [FILE]`; gives the exit code, which is an HRESULT. Anything else fails loudly. */
export const runCertutil = async (args: readonly string[], host: CertutilHost): Promise<number> => {
  const { url, file, split, force } = readCertutilOptions(args);
  if (!force) throw new NotImplemented('certutil -urlcache without -f');
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) throw new NotImplemented(`certutil -urlcache ${url}`);
  const say = (text: string): void => host.write(crlf(`${text}\n`));
  say('****  Online  ****');
  const body = await retrieve(address, host);
  if (!(body instanceof Uint8Array)) {
    say(`CertUtil: -URLCache command FAILED: ${body.code}`);
    say(`CertUtil: ${body.text}`);
    return body.hresult;
  }
  keepInUrlCache(url, body, host);
  if (split) {
    say('  0000  ...');
    say(`  ${body.length.toString(16).padStart(4, '0')}`);
  }
  const target = findPath(file ?? leafOf(address), host.location, host.drive);
  if (target === null) throw new NotImplemented(`certutil writing to ${file ?? ''}`);
  writeFileSync(target.host, body);
  say('CertUtil: -URLCache command completed successfully.');
  return 0;
};

const leafOf = ({ pathname }: URL): string => {
  const leaf = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  if (leaf === '') throw new NotImplemented('certutil -urlcache of a URL without a file name');
  return leaf;
};

const userAgents = ['Microsoft-CryptoAPI/10.0', 'CertUtil URL Agent'] as const;

/** The file is fetched twice, as two programs would: by CryptoAPI into its cache, then by certutil itself. */
const retrieve = async (url: URL, { http }: CertutilHost): Promise<Uint8Array | CertutilFailure> => {
  let response: HttpResponse | null = null;
  for (const [index, client] of http.entries()) {
    const headers: [string, string][] = [
      ['Cache-Control', 'no-cache'],
      ['Pragma', 'no-cache'],
      ['Accept', '*/*'],
      ['User-Agent', userAgents[index] ?? userAgents[0]],
    ];
    try {
      response = await client.send({ method: 'GET', url, headers, body: null, timeout: 15_000, redirections: 10 });
    } catch (error) {
      if (error instanceof HttpFailure) return failureOfRequest(error.status);
      throw error;
    }
    if (response.status >= 400) return failureOfStatus(response.status);
  }
  return response?.body ?? new Uint8Array();
};
