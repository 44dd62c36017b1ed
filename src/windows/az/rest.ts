import type { AzArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';
import { refusal } from './resource-manager.ts';
import { send } from './send.ts';
import { accessToken } from './sign-in.ts';

const resources: readonly (readonly [prefix: string, resource: string])[] = [
  ['https://management.azure.com/', 'https://management.core.windows.net/'],
  ['https://graph.microsoft.com/', 'https://graph.microsoft.com'],
];

/** `az rest`: one request with a token for whose URL it is. */
export const runRest = async (args: AzArguments, host: AzHost): Promise<unknown> => {
  const url = args.required('--url', '--uri', '-u');
  const resource = args.value('--resource') ?? resources.find(([prefix]) => url.startsWith(prefix))?.[1];
  const headers = resource === undefined ? {} : { Authorization: `Bearer ${await accessToken(host, resource)}` };
  const body = args.value('--body', '-b');
  const text = body?.startsWith('@') === true ? host.readFile(body.slice(1)) : body;
  let json: unknown;
  try {
    json = text === null ? undefined : JSON.parse(text);
  } catch {
    throw new AzError(`Failed to parse the body as JSON: ${text ?? ''}`, 2);
  }
  const method = (args.value('--method', '-m') ?? 'get').toUpperCase();
  const sent = await send(host, url, { method, headers, agent: 'sdk', ...(json === undefined ? {} : { json }) });
  if (sent.status >= 400) throw refusal(sent);
  return sent.text === '' ? undefined : sent.body;
};
