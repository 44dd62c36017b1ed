import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { directory, openCloud, passwordOf, type Answer, type TestCloud } from './cloud.ts';

const { tenant } = directory;
const tokenUrl = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;
const cli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const management = 'https://management.azure.com/.default';
const upnOf = (name: string): string => `${name}@${tenant.domain}`;

const byPassword = (
  cloud: TestCloud,
  username: string,
  password = passwordOf(username),
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  cloud.ask(tokenUrl, {
    form: { grant_type: 'password', client_id: cli, scope: management, username, password, ...more },
    headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1' },
  });

const properties = (cloud: TestCloud): readonly Readonly<Record<string, unknown>>[] =>
  cloud.records.map(({ record }) => record.properties ?? {});

describe('Entra ID', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await openCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  it('signs a user in by password, with a token that its published keys verify', async () => {
    const { status, body } = await byPassword(cloud, upnOf('analyst1'), undefined, {
      scope: `${management} openid offline_access`,
    });
    expect(status).to.equal(200);
    expect(body).to.include({ token_type: 'Bearer', expires_in: 3599 });
    expect(body).to.include.keys('refresh_token', 'id_token');
    const configuration = await cloud.ask(
      'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    );
    const keys = await cloud.ask(String(configuration.body['jwks_uri']));
    const { payload } = await jwtVerify(
      String(body['access_token']),
      createLocalJWKSet(keys.body as unknown as JSONWebKeySet),
      { issuer: `https://sts.windows.net/${tenant.id}/`, audience: 'https://management.azure.com' },
    );
    expect(payload).to.include({ upn: upnOf('analyst1'), tid: tenant.id, appid: cli, ipaddr: '127.0.0.1' });
  });

  it('logs a sign-in with who, from where, with what, to what', async () => {
    const { body } = await byPassword(cloud, upnOf('analyst1'));
    expect(cloud.records).to.have.length(1);
    expect(cloud.records[0]?.record).to.include({
      ...{ category: 'SignInLogs', resultType: '0', callerIpAddress: '127.0.0.1', identity: 'Ana Lyst' },
    });
    expect(properties(cloud)[0]).to.deep.include({
      userPrincipalName: upnOf('analyst1'),
      appDisplayName: 'Microsoft Azure CLI',
      resourceDisplayName: 'Windows Azure Service Management API',
      clientAppUsed: 'Mobile Apps and Desktop clients',
      authenticationProtocol: 'ropc',
      autonomousSystemNumber: 64_496,
      location: {
        ...{ city: 'Lund', state: 'Skane', countryOrRegion: 'SE' },
        geoCoordinates: { latitude: 55.7, longitude: 13.2 },
      },
      riskLevelDuringSignIn: 'none',
      conditionalAccessStatus: 'notApplied',
      isInteractive: true,
    });
    const [, claims = ''] = String(body['access_token']).split('.');
    const { uti } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { uti: string };
    expect(properties(cloud)[0]?.['uniqueTokenIdentifier']).to.equal(uti);
  });

  const refused = [
    ['a wrong password', 'analyst1', 'wrong-password', 50126],
    ['an unknown user', 'nobody', 'wrong-password', 50034],
    ['a disabled account', 'leaver', null, 50057],
    ['a wrong password of a disabled account', 'leaver', 'wrong-password', 50126],
    ['a locked account', 'locked', null, 50053],
    ['an expired password', 'expired', null, 50055],
    ['an account that needs a second factor', 'finance', null, 50076],
  ] as const;
  for (const [what, name, password, code] of refused) {
    it(`refuses ${what} with AADSTS${code}, and logs it`, async () => {
      const { status, body } = await byPassword(cloud, upnOf(name), password ?? undefined);
      expect(status).to.equal(400);
      expect(body).to.deep.include({ error: 'invalid_grant', error_codes: [code] });
      expect(body['error_description']).to.match(
        new RegExp(`^AADSTS${code}: .*Trace ID: .*Correlation ID: .*Timestamp: `),
      );
      expect(cloud.records.map(({ record }) => record['resultType'])).to.deep.equal([String(code)]);
      expect(properties(cloud)[0]).to.include({ id: body['trace_id'], userPrincipalName: upnOf(name) });
    });
  }

  it('locks an account after ten wrong passwords, for a minute', async () => {
    for (let tries = 0; tries < 10; tries++) await byPassword(cloud, upnOf('analyst2'), 'wrong');
    expect((await byPassword(cloud, upnOf('analyst2'))).body['error_codes']).to.deep.equal([50053]);
    cloud.later(61_000);
    expect((await byPassword(cloud, upnOf('analyst2'))).status).to.equal(200);
  });

  it('refreshes without the user, which is a log of its own, until the account is changed', async () => {
    const first = await byPassword(cloud, upnOf('analyst1'), undefined, { scope: `${management} offline_access` });
    const refresh = {
      ...{ grant_type: 'refresh_token', client_id: cli, refresh_token: String(first.body['refresh_token']) },
      scope: 'https://graph.microsoft.com/.default',
    };
    const second = await cloud.ask(tokenUrl, { form: refresh });
    expect(second.status).to.equal(200);
    expect(cloud.records.map(({ record }) => record['category'])).to.deep.equal([
      'SignInLogs',
      'NonInteractiveUserSignInLogs',
    ]);
    expect(properties(cloud)[1]).to.include({ isInteractive: false, resourceDisplayName: 'Microsoft Graph' });
    const forged = await cloud.ask(tokenUrl, { form: { ...refresh, refresh_token: 'x' } });
    expect(forged.body).to.deep.include({ error: 'invalid_grant', error_codes: [9002313] });
  });

  it('signs an application in by its secret, and refuses another', async () => {
    const [application] = directory.applications.filter(({ servicePrincipal }) => servicePrincipal !== null);
    const form = { grant_type: 'client_credentials', client_id: application?.id ?? '', scope: management };
    const secret = application?.servicePrincipal?.secret ?? '';
    expect((await cloud.ask(tokenUrl, { form: { ...form, client_secret: secret } })).status).to.equal(200);
    const wrong = await cloud.ask(tokenUrl, { form: { ...form, client_secret: 'x' } });
    expect([wrong.status, wrong.body['error'], wrong.body['error_codes']]).to.deep.equal([
      401,
      'invalid_client',
      [7000215],
    ]);
    expect(cloud.records.map(({ record }) => [record['category'], record['resultType']])).to.deep.equal([
      ['ServicePrincipalSignInLogs', '0'],
      ['ServicePrincipalSignInLogs', '7000215'],
    ]);
    expect(properties(cloud)[0]).to.include({ servicePrincipalName: 'deployment-pipeline' });
  });

  it('lets a device wait until its user has signed in elsewhere', async () => {
    const started = await cloud.ask(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/devicecode`, {
      form: { client_id: cli, scope: management },
    });
    const poll = (): Promise<Answer> =>
      cloud.ask(tokenUrl, {
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          client_id: cli,
          device_code: String(started.body['device_code']),
        },
      });
    expect((await poll()).body).to.include({ error: 'authorization_pending' });
    const user = { otc: String(started.body['user_code']), login: upnOf('analyst1') };
    const approve = (passwd: string): Promise<Answer> =>
      cloud.ask('https://login.microsoft.com/device', { form: { ...user, passwd } });
    expect((await approve('wrong')).text).to.include('AADSTS50126');
    expect((await poll()).body).to.include({ error: 'authorization_pending' });
    await approve(passwordOf(upnOf('analyst1')));
    expect((await poll()).status).to.equal(200);
    expect(properties(cloud).map((one) => one['authenticationProtocol'])).to.deep.equal(['deviceCode', 'deviceCode']);
    expect((await poll()).body).to.include({ error: 'invalid_grant' });
  });

  it('gives a browser a code for its client, once, and only with the verifier that belongs to it', async () => {
    const verifier = 'a'.repeat(50);
    const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString(
      'base64url',
    );
    const asked = {
      ...{ client_id: cli, response_type: 'code', redirect_uri: 'http://localhost:8400', scope: management },
      ...{ state: 'x<y', code_challenge: challenge, code_challenge_method: 'S256' },
    };
    const authorize = `https://login.microsoftonline.com/common/oauth2/v2.0/authorize`;
    const page = await cloud.ask(`${authorize}?${String(new URLSearchParams(asked))}`);
    expect(page.text).to.include('name="passwd"').and.not.include('x<y');
    const elsewhere = await cloud.ask(
      `${authorize}?${String(new URLSearchParams({ ...asked, redirect_uri: 'https://evil.example' }))}`,
    );
    expect(elsewhere.text).to.include('AADSTS50011');
    const signedIn = await cloud.ask('https://login.microsoftonline.com/common/login', {
      form: { ...asked, login: upnOf('admin'), passwd: passwordOf(upnOf('admin')) },
    });
    const target = new URL(signedIn.headers['location'] ?? '');
    expect([target.port, target.searchParams.get('state')]).to.deep.equal(['8400', 'x<y']);
    const redeem = (code_verifier: string): Promise<Answer> =>
      cloud.ask(tokenUrl, {
        form: {
          ...{ grant_type: 'authorization_code', client_id: cli, redirect_uri: asked.redirect_uri, code_verifier },
          code: target.searchParams.get('code') ?? '',
        },
      });
    expect((await redeem(verifier)).status).to.equal(200);
    expect((await redeem(verifier)).body['error_codes']).to.deep.equal([54005]);
    expect(properties(cloud)[0]).to.include({ clientAppUsed: 'Browser', authenticationProtocol: 'oAuth2' });
  });

  const malformed = [
    ['a tenant that is not there', { tenant: 'contoso.example' }, 90002],
    ['a request without a grant', { grant_type: '' }, 70003],
    ['an application that is not there', { client_id: '11111111-2222-3333-4444-555555555555' }, 700016],
    ['a resource that is not there', { scope: 'https://elsewhere.example/.default' }, 500011],
    ['a kind of grant that is not there', { grant_type: 'magic' }, 70003],
  ] as const;
  for (const [what, fields, code] of malformed) {
    it(`refuses ${what} with AADSTS${code}, which is no sign-in`, async () => {
      const { tenant: named = tenant.id, ...form } = fields as Record<string, string>;
      const { body } = await cloud.ask(`https://login.microsoftonline.com/${named}/oauth2/v2.0/token`, {
        form: { grant_type: 'password', client_id: cli, scope: management, username: 'x', password: 'y', ...form },
      });
      expect(body['error_codes']).to.deep.equal([code]);
      expect(cloud.records).to.deep.equal([]);
    });
  }

  it('says what it knows of an address: its named location and its risk', async () => {
    await cloud[Symbol.asyncDispose]();
    cloud = await openCloud({
      namedLocations: [{ name: 'VPN', prefixes: ['127.0.0.0/8'], trusted: true }],
      riskyNetworks: [{ prefix: '127.0.0.0/8', detection: 'anonymizedIPAddress', level: 'medium' }],
    });
    await byPassword(cloud, upnOf('analyst1'));
    expect(properties(cloud)[0]).to.deep.include({
      networkLocationDetails: [{ networkType: 'trustedNamedLocation', networkNames: ['VPN'] }],
      riskEventTypes_v2: ['anonymizedIPAddress'],
      riskLevelDuringSignIn: 'medium',
      riskState: 'atRisk',
    });
  });
});
