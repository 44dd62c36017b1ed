import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';
import { member, send, type Json, type Sent } from './send.ts';
import { accessToken, management } from './sign-in.ts';

/** Resource Manager, for one run of az. */
export interface ResourceManager {
  /** Of the default subscription. */
  readonly subscription: string;
  ask(method: string, path: string, body?: unknown): Promise<Sent>;
  /** The same, and waits until what was begun has ended. Gives what is there then. */
  finish(method: string, path: string, body?: unknown): Promise<Json>;
}

const apiVersion = '2024-07-01';

/** As az shows what a service refused. */
export const refusal = ({ body, status, text }: Sent): AzError => {
  const error = member(body, 'error');
  const code = member(error, 'code');
  if (typeof code !== 'string')
    return new AzError(`Operation returned an invalid status ${status}: ${text.slice(0, 200)}`);
  const message = String(member(error, 'message'));
  return new AzError(`(${code}) ${message}\r\nCode: ${code}\r\nMessage: ${message}`);
};

export const openResourceManager = async (host: AzHost): Promise<ResourceManager> => {
  const subscription = host.profile.read().subscriptions[0]?.id ?? '';
  const headers = { Authorization: `Bearer ${await accessToken(host, 'https://management.core.windows.net/')}` };
  const urlOf = (path: string): string =>
    path.startsWith('https:') ? path : `${management}/subscriptions/${subscription}${path}?api-version=${apiVersion}`;

  const ask = async (method: string, path: string, json?: unknown): Promise<Sent> => {
    const sent = await send(host, urlOf(path), {
      method,
      headers,
      agent: 'sdk',
      ...(json === undefined ? {} : { json }),
    });
    if (sent.status >= 400) throw refusal(sent);
    return sent;
  };

  const finish: ResourceManager['finish'] = async (method, path, json) => {
    const sent = await ask(method, path, json);
    const operation = sent.headers.get('azure-asyncoperation');
    if (operation === undefined) return sent.body;
    for (;;) {
      await host.sleep(Number(sent.headers.get('retry-after') ?? 1) * 1000);
      const { body } = await ask('GET', operation);
      if (body['status'] === 'Succeeded') break;
      if (['Failed', 'Canceled'].includes(String(body['status'])))
        throw new AzError(`The operation ${String(body['status'])}.`);
    }
    return method === 'DELETE' ? {} : (await ask('GET', path)).body;
  };
  return { subscription, ask, finish };
};
