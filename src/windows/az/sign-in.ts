import type { AzArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';
import { show, type Session, type Subscription } from './profile.ts';
import { member, send, type Json, type Sent } from './send.ts';

const login = 'https://login.microsoftonline.com';
export const management = 'https://management.azure.com';

/** Azure CLI's own application. */
const cliId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const scope = 'https://management.core.windows.net//.default';
const userScope = `${scope} offline_access openid profile`;

const refused = ({ body, status }: Sent): AzError =>
  new AzError(typeof body['error_description'] === 'string' ? body['error_description'] : `status ${status}`);

const token = async (host: AzHost, tenant: string, form: Readonly<Record<string, string>>): Promise<Json> => {
  const sent = await send(host, `${login}/${tenant}/oauth2/v2.0/token`, {
    agent: 'requests',
    form: { ...form, client_info: '1' },
  });
  if (sent.status !== 200) throw refused(sent);
  return sent.body;
};

const discover = async (host: AzHost, tenant: string): Promise<void> => {
  const sent = await send(host, `${login}/${tenant}/v2.0/.well-known/openid-configuration`, { agent: 'requests' });
  if (sent.status !== 200) throw refused(sent);
};

/** `az login` in its three ways that need no browser. */
export const runLogin = async (args: AzArguments, host: AzHost): Promise<unknown> => {
  const tenant = args.value('--tenant', '-t') ?? 'organizations';
  await discover(host, tenant);
  if (args.has('--service-principal')) {
    const name = args.required('--username', '-u');
    const secret = args.required('--password', '-p');
    if (!args.has('--tenant', '-t'))
      throw new AzError("usage error: '--service-principal --username NAME --password SECRET --tenant TENANT'", 2);
    const form = { client_id: name, client_secret: secret, grant_type: 'client_credentials', scope };
    const { access_token: access } = await token(host, tenant, form);
    return finish(host, String(access), {
      ...{ user: { name, type: 'servicePrincipal' }, tenant, clientId: name, refreshToken: null, secret },
    });
  }
  const granted = args.has('--use-device-code')
    ? await byDeviceCode(host, tenant)
    : await token(host, tenant, {
        ...{ client_id: cliId, grant_type: 'password', scope: userScope },
        ...{ username: args.required('--username', '-u'), password: args.required('--password', '-p') },
      });
  const access = String(granted['access_token']);
  const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString('utf8')) as Json;
  return finish(host, access, {
    user: { name: String(claims['upn']), type: 'user' },
    tenant: String(claims['tid']),
    ...{ clientId: cliId, refreshToken: String(granted['refresh_token']), secret: null },
  });
};

const byDeviceCode = async (host: AzHost, tenant: string): Promise<Json> => {
  const started = await send(host, `${login}/${tenant}/oauth2/v2.0/devicecode`, {
    agent: 'requests',
    form: { client_id: cliId, scope: userScope },
  });
  if (started.status !== 200) throw refused(started);
  host.error(`${String(started.body['message'])}\r\n`);
  for (;;) {
    await host.sleep(Number(started.body['interval']) * 1000);
    const sent = await send(host, `${login}/${tenant}/oauth2/v2.0/token`, {
      agent: 'requests',
      form: {
        ...{ client_id: cliId, client_info: '1', device_code: String(started.body['device_code']) },
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      },
    });
    if (sent.status === 200) return sent.body;
    if (sent.body['error'] !== 'authorization_pending') throw refused(sent);
  }
};

const finish = async (host: AzHost, access: string, session: Omit<Session, 'subscriptions'>): Promise<unknown> => {
  const headers = { Authorization: `Bearer ${access}` };
  await send(host, `${management}/tenants?api-version=2022-12-01`, { agent: 'sdk', headers });
  const { body } = await send(host, `${management}/subscriptions?api-version=2022-12-01`, { agent: 'sdk', headers });
  const listed = Array.isArray(body['value']) ? (body['value'] as Json[]) : [];
  const subscriptions = listed.map((one): Subscription => ({
    id: String(one['subscriptionId']),
    name: String(one['displayName']),
    tenantId: session.tenant,
    state: String(one['state']),
  }));
  if (subscriptions.length === 0) throw new AzError(`No subscriptions found for ${session.user.name}.`);
  const whole = { ...session, subscriptions };
  host.profile.write(whole);
  return subscriptions.map((one) => show(one, whole));
};

/** A token for a resource, by what the last sign-in left. */
export const accessToken = async (host: AzHost, resource: string): Promise<string> => {
  const session = host.profile.read();
  const wanted = `${resource}/.default`;
  const { clientId: client_id, secret, refreshToken } = session;
  const granted =
    secret === null
      ? await token(host, session.tenant, {
          ...{ client_id, grant_type: 'refresh_token', refresh_token: refreshToken ?? '' },
          scope: `${wanted} offline_access openid profile`,
        })
      : await token(host, session.tenant, {
          client_id,
          grant_type: 'client_credentials',
          client_secret: secret,
          scope: wanted,
        });
  if (secret === null) host.profile.write({ ...session, refreshToken: String(granted['refresh_token']) });
  return String(member(granted, 'access_token'));
};
