import {
  ConfidentialClientApplication,
  PublicClientApplication,
  ServerError,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { expect } from 'chai';
import { directory, openCloud, passwordOf, type TestCloud } from './cloud.ts';

const { tenant } = directory;
const upn = `analyst1@${tenant.domain}`;
const scopes = ['https://management.azure.com/.default'];

/** MSAL's own requests, to the service instead of the real one. */
const networkTo = (cloud: TestCloud): INetworkModule => {
  const send = async <T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const { status, headers, body } = await cloud.ask(url, {
      method,
      ...(options?.body === undefined ? {} : { body: options.body }),
      ...(options?.headers === undefined ? {} : { headers: options.headers }),
    });
    return { status, headers, body: body as T };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
};

describe('MSAL as a client of Entra ID', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await openCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const publicClient = (): PublicClientApplication =>
    new PublicClientApplication({
      auth: {
        clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
        authority: `https://login.microsoftonline.com/${tenant.id}`,
      },
      system: { networkClient: networkTo(cloud) },
    });

  const categories = (): readonly unknown[] => cloud.records.map(({ record }) => record['category']);

  it('signs in by password, then silently with the refresh token', async () => {
    const client = publicClient();
    const first = await client.acquireTokenByUsernamePassword({ scopes, username: upn, password: passwordOf(upn) });
    expect(first?.account).to.include({ username: upn, tenantId: tenant.id });
    if (first?.account == null) throw new Error('there is no account');
    const graph = ['https://graph.microsoft.com/.default'];
    const second = await client.acquireTokenSilent({ account: first.account, scopes: graph });
    expect(second.accessToken).not.to.equal(first.accessToken);
    expect(categories()).to.deep.equal(['SignInLogs', 'NonInteractiveUserSignInLogs']);
  });

  it('understands why a sign-in was refused', async () => {
    const attempt = publicClient().acquireTokenByUsernamePassword({ scopes, username: upn, password: 'wrong' });
    const error = await attempt.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(ServerError);
    expect((error as ServerError).errorCode).to.equal('invalid_grant');
    expect((error as ServerError).message).to.include('AADSTS50126');
  });

  it('waits for a device code', async () => {
    const result = await publicClient().acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ userCode }) =>
        void cloud.ask('https://login.microsoft.com/device', {
          form: { otc: userCode, login: upn, passwd: passwordOf(upn) },
        }),
    });
    expect(result?.account?.username).to.equal(upn);
  });

  it('signs an application in by its secret', async () => {
    const pipeline = directory.applications.find(({ servicePrincipal }) => servicePrincipal !== null);
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: pipeline?.id ?? '',
        clientSecret: pipeline?.servicePrincipal?.secret ?? '',
        authority: `https://login.microsoftonline.com/${tenant.id}`,
      },
      system: { networkClient: networkTo(cloud) },
    });
    const result = await client.acquireTokenByClientCredential({ scopes });
    expect(result?.accessToken).to.be.a('string');
    expect(categories()).to.deep.equal(['ServicePrincipalSignInLogs']);
  });
});
