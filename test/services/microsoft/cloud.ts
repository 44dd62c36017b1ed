import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { parseDirectory } from '../../../src/content/topology/directory.ts';
import { parseProviders } from '../../../src/content/topology/providers.ts';
import { createAuthority } from '../../../src/lab/tls/authority.ts';
import type { Directory } from '../../../src/model/directory.ts';
import type { Provider } from '../../../src/model/provider.ts';
import type { ServiceDataset } from '../../../src/model/service-log.ts';
import { startCloud } from '../../../src/services/microsoft/start-cloud.ts';

const root = join(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(join(root, 'lab/data', name), 'utf8');

const loaded = parseDirectory('directory.yaml', read('directory.yaml'));
if (!loaded.ok) throw new Error('the directory does not load');
export const directory: Directory = loaded.value;

const networks = parseProviders('autonomous-systems.yaml', read('autonomous-systems.yaml'));

/** Loopback, where tests are, as if a provider had it. */
const loopback: Provider = {
  ...{ name: 'loopback', prefix: '127.0.0.0/8', asNumber: 64_496, asOrganization: 'Loopback', ipType: 'Public' },
  location: { country: 'SE', region: 'Skane', city: 'Lund', latitude: 55.7, longitude: 13.2 },
};

export interface LoggedRecord {
  readonly dataset: ServiceDataset;
  readonly record: Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, unknown>> };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Ask {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service on loopback, by TLS, with the names of the real one. */
export interface TestCloud extends AsyncDisposable {
  readonly port: number;
  /** What was logged, without the access log. */
  readonly records: readonly LoggedRecord[];
  readonly access: readonly LoggedRecord[];
  /** Resolves a real URL to the service. */
  ask(url: string, options?: Ask): Promise<Answer>;
  /** Moves the service's clock. */
  later(milliseconds: number): void;
}

export const openCloud = async (change: Partial<Directory> = {}): Promise<TestCloud> => {
  // The first is nobody's: for requests that name a host which is not here.
  const names = [
    'elsewhere.example',
    'login.microsoftonline.com',
    'login.microsoft.com',
    'graph.microsoft.com',
    'management.azure.com',
  ];
  const authority = createAuthority(Date.now() * 1000);
  const all: LoggedRecord[] = [];
  let ahead = 0;
  const server = await startCloud({
    address: '127.0.0.1',
    port: 0,
    tls: authority.issue(names),
    directory: { ...directory, ...change },
    providers: [...(networks.ok ? networks.value.values() : []), loopback],
    now: () => Date.now() + ahead,
    log: (dataset, _, record) => all.push({ dataset, record: record as LoggedRecord['record'] }),
  });
  const ask: TestCloud['ask'] = (url, options = {}) => send(new URL(url), server.port, authority.certificate, options);
  return {
    port: server.port,
    get records() {
      return all.filter(({ dataset }) => dataset !== 'http.access');
    },
    get access() {
      return all.filter(({ dataset }) => dataset === 'http.access');
    },
    ask,
    later: (milliseconds) => (ahead += milliseconds),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

const send = (url: URL, port: number, ca: string, { method, form, json, body, headers }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text =
      body ??
      (form === undefined ? (json === undefined ? '' : JSON.stringify(json)) : String(new URLSearchParams(form)));
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
    const sent = request(
      {
        ...{ host: '127.0.0.1', servername: url.hostname, port, ca, path: `${url.pathname}${url.search}` },
        method: method ?? (text === '' ? 'GET' : 'POST'),
        headers: {
          ...{ Host: url.hostname, 'Content-Length': Buffer.byteLength(text) },
          ...(text === '' ? {} : { 'Content-Type': type }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const received = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            text: received,
            body: parse(received),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });

const parse = (text: string): Answer['body'] => {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
};

export const passwordOf = (upn: string): string => directory.users.find((user) => user.upn === upn)?.password ?? '';
