import { readFileSync, writeFileSync } from 'node:fs';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { HttpFailure, type HttpClient, type HttpResponse } from '../powershell/http/client.ts';

export interface CurlHost {
  readonly http: HttpClient;
  readonly drive: string;
  /** Current folder, Windows form. */
  readonly folder: string;
  out(bytes: Uint8Array): void;
  error(text: string): void;
}

/** The version that Windows 10 brings. */
const userAgent = 'curl/8.4.0';

const valued: Readonly<Record<string, string>> = {
  '-o': 'output',
  '--output': 'output',
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-A': 'agent',
  '--user-agent': 'agent',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-binary': 'data',
  '-m': 'time',
  '--max-time': 'time',
  '--connect-timeout': 'connect',
  '--url': 'url',
  '-u': 'user',
  '--user': 'user',
  '-e': 'referer',
  '--referer': 'referer',
  '-x': 'proxy',
  '--proxy': 'proxy',
};

const flags: Readonly<Record<string, string>> = {
  O: 'remote-name',
  L: 'location',
  s: 'silent',
  S: 'show-error',
  f: 'fail',
  I: 'head',
  i: 'include',
  k: 'insecure',
  '#': 'silent',
};

interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly urls: readonly string[];
}

/** Short flags may be joined, and the last of them may take a value: `-sLo file`. */
export const readCurlOptions = (args: readonly string[]): Options => {
  const seen = new Set<string>();
  const values = new Map<string, string[]>();
  const urls: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const take = (name: string, value: string): void => void values.set(name, [...(values.get(name) ?? []), value]);
    if (!arg.startsWith('-') || arg === '-') urls.push(arg);
    else if (arg.startsWith('--')) {
      const name = valued[arg];
      const flag = arg.slice(2);
      if (name !== undefined) take(name, args[++index] ?? '');
      else if (Object.values(flags).includes(flag) || flag === 'remote-name') seen.add(flag);
      else throw new NotImplemented(`curl ${arg}`);
    } else {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg.charAt(at);
        const name = valued[`-${letter}`];
        if (name !== undefined) {
          take(name, arg.slice(at + 1) || (args[++index] ?? ''));
          break;
        }
        const flag = flags[letter];
        if (flag === undefined) throw new NotImplemented(`curl -${letter}`);
        seen.add(flag);
      }
    }
  }
  return { flags: seen, values, urls: [...(values.get('url') ?? []), ...urls] };
};

const failures: Readonly<Record<string, readonly [number, (url: URL, proxy: URL | null) => string]>> = {
  NameResolutionFailure: [6, ({ hostname }) => `Could not resolve host: ${hostname}`],
  ProxyNameResolutionFailure: [5, (_, proxy) => `Could not resolve proxy: ${proxy?.hostname ?? ''}`],
  ConnectFailure: [
    7,
    ({ hostname, port, protocol }) =>
      `Failed to connect to ${hostname} port ${port || (protocol === 'https:' ? 443 : 80)} after 0 ms: Couldn't connect to server`,
  ],
  Timeout: [28, () => 'Operation timed out'],
  TrustFailure: [
    60,
    () =>
      'schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.',
  ],
  SecureChannelFailure: [35, () => 'schannel: failed to receive handshake, SSL/TLS connection failed'],
};

const headLines = ({ httpVersion, status, reason, headers }: HttpResponse): string =>
  [`HTTP/${httpVersion} ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );

const bodyOf = (data: readonly string[] | undefined, host: CurlHost): Uint8Array | null => {
  if (data === undefined) return null;
  const parts = data.map((part) => {
    if (!part.startsWith('@')) return part;
    const file = findPath(part.slice(1), host.folder, host.drive);
    if (file === null) throw new NotImplemented(`curl with data of ${part}`);
    return readFileSync(file.host, 'utf8');
  });
  return Buffer.from(parts.join('&'), 'utf8');
};

/** curl's own port of proxies is 1080. */
const proxyOf = (given: string | undefined): URL | null => {
  if (given === undefined || given === '') return null;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' || url.username !== '') throw new NotImplemented(`curl -x ${given}`);
  if (!/:\d+\/?$/.test(text)) url.port = '1080';
  return url;
};

/** `curl URL`: one request at a time; gives curl's exit code. */
export const runCurl = async (args: readonly string[], host: CurlHost): Promise<number> => {
  const options = readCurlOptions(args);
  const value = (name: string): string | undefined => options.values.get(name)?.at(-1);
  const say = (code: number, text: string): number => {
    if (!options.flags.has('silent') || options.flags.has('show-error')) host.error(`curl: (${code}) ${text}\r\n`);
    return code;
  };
  if (options.urls.length === 0) {
    host.error("curl: try 'curl --help' for more information\r\n");
    return 2;
  }
  const proxy = proxyOf(value('proxy'));
  const body = bodyOf(options.values.get('data'), host);
  const user = value('user');
  const headers: [string, string][] = [
    ['User-Agent', value('agent') ?? userAgent],
    ['Accept', '*/*'],
    ...(user === undefined
      ? []
      : ([['Authorization', `Basic ${Buffer.from(user).toString('base64')}`]] as [string, string][])),
    ...(value('referer') === undefined ? [] : ([['Referer', value('referer') ?? '']] as [string, string][])),
    ...(body === null ? [] : ([['Content-Type', 'application/x-www-form-urlencoded']] as [string, string][])),
    ...(options.values.get('header') ?? []).map((line): [string, string] => {
      const [, name = '', text = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return [name, text];
    }),
  ];
  const own = new Map(headers.map(([name, text]) => [name.toLowerCase(), [name, text] as const]));
  for (const [index, given] of options.urls.entries()) {
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
    if (!URL.canParse(text)) return say(3, 'URL rejected: Malformed input to a URL function');
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol)) throw new NotImplemented(`curl with ${url.protocol}`);
    let response: HttpResponse;
    try {
      response = await host.http.send({
        method: value('method') ?? (options.flags.has('head') ? 'HEAD' : body === null ? 'GET' : 'POST'),
        url,
        headers: [...own.values()],
        body,
        timeout: Number(value('time') ?? 0) * 1000,
        redirections: options.flags.has('location') ? 50 : 0,
        proxy,
        insecure: options.flags.has('insecure'),
      });
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      if (error.refusal !== null) return say(56, `CONNECT tunnel failed, response ${error.refusal}`);
      const [code, message] = failures[error.status] ?? [56, () => 'Recv failure: Connection was reset'];
      return say(code, message(error.status === 'ConnectFailure' ? (proxy ?? url) : url, proxy));
    }
    if (options.flags.has('fail') && response.status >= 400)
      return say(22, `The requested URL returned error: ${response.status}`);
    const head = options.flags.has('head') || options.flags.has('include') ? headLines(response) : '';
    const content = Buffer.concat([
      Buffer.from(head, 'latin1'),
      options.flags.has('head') ? Buffer.alloc(0) : Buffer.from(response.body),
    ]);
    const leaf = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    const target = options.flags.has('remote-name') ? leaf : options.values.get('output')?.[index];
    if (options.flags.has('remote-name') && leaf === '') return say(23, 'Remote file name has no length!');
    if (target === undefined || target === '-') host.out(content);
    else {
      const file = findPath(target, host.folder, host.drive);
      if (file === null) throw new NotImplemented(`curl into ${target}`);
      try {
        writeFileSync(file.host, content);
      } catch {
        return say(23, 'Failure writing output to destination');
      }
    }
  }
  return 0;
};
