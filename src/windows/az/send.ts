import { HttpFailure } from '../powershell/http/client.ts';
import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Sent {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Json;
  readonly text: string;
}

/** Of Python's requests, which signs in, and of the Azure SDK, which does the rest. */
const agents = {
  requests: 'python-requests/2.32.3',
  sdk: 'AZURECLI/2.67.0 (MSI) azsdk-python-core/1.31.0 Python/3.12.7 (Windows-10-10.0.19045-SP0)',
} as const;

interface Ask {
  readonly method?: string;
  readonly agent: keyof typeof agents;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const send = async ({ http }: AzHost, url: string, ask: Ask): Promise<Sent> => {
  const text =
    ask.form !== undefined
      ? String(new URLSearchParams(ask.form))
      : ask.json === undefined
        ? null
        : JSON.stringify(ask.json);
  const type = ask.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers: [string, string][] = [
    ['User-Agent', agents[ask.agent]],
    ['Accept-Encoding', 'identity'],
    ['Accept', ask.agent === 'sdk' ? 'application/json' : '*/*'],
    ['Connection', 'keep-alive'],
    ...(text === null ? [] : [['Content-Type', type] as [string, string]]),
    ...Object.entries(ask.headers ?? {}),
  ];
  try {
    const method = ask.method ?? (text === null ? 'GET' : 'POST');
    const body = text === null ? (method === 'GET' ? null : new Uint8Array()) : Buffer.from(text, 'utf8');
    const response = await http.send({ method, url: new URL(url), headers, body, timeout: 0, redirections: 0 });
    const received = Buffer.from(response.body).toString('utf8');
    return {
      status: response.status,
      headers: new Map(response.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: parse(received),
      text: received,
    };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const { hostname } = new URL(url);
    throw new AzError(`HTTPSConnectionPool(host='${hostname}', port=443): Max retries exceeded: ${error.message}`);
  }
};

const parse = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
  } catch {
    return {};
  }
};

export const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
