import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NotImplemented } from '../../../src/windows/os/not-implemented.ts';
import { openProfile } from '../../../src/windows/az/profile.ts';
import { runAz } from '../../../src/windows/az/run-az.ts';
import { directory, openCloud, passwordOf, type TestCloud } from '../../services/microsoft/cloud.ts';

const developer = `developer@${directory.tenant.domain}`;

describe('az', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let folder: string;
  /** What it says while it runs. */
  let spoken = '';
  let said: { readonly code: number; readonly out: string; readonly error: string };

  beforeEach(async () => {
    cloud = await openCloud();
    folder = mkdtempSync(join(tmpdir(), 'tocsin-az-'));
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const az = async (...args: readonly string[]): Promise<typeof said> => {
    let [out, error] = ['', ''];
    const code = await runAz(args, {
      http: {
        send: async ({ method, url, headers, body }) => {
          const sent = await cloud.ask(url.href, {
            method,
            headers: Object.fromEntries(headers),
            ...(body === null ? {} : { body: Buffer.from(body).toString('utf8') }),
          });
          const pairs = Object.entries(sent.headers);
          return {
            ...{ status: sent.status, reason: '', headers: pairs },
            body: Buffer.from(sent.text),
            url,
            httpVersion: '1.1',
          };
        },
        close: () => Promise.resolve(),
      },
      profile: openProfile(folder),
      sleep: () => new Promise((resolve) => setTimeout(resolve, 20)),
      readFile: () => '{"resources":[{"type":"Microsoft.Network/publicIPAddresses","apiVersion":"x","name":"a"}]}',
      out: (text) => (out += text),
      error: (text) => {
        error += text;
        spoken += text;
      },
      random: () => 'x',
    });
    return (said = { code, out, error });
  };

  const succeeded = (): readonly unknown[] =>
    cloud.records
      .filter(({ dataset, record }) => dataset === 'azure.activitylogs' && record['resultType'] === 'Success')
      .map(({ record }) => record['operationName']);

  it('signs in by password and shows the subscriptions, as JSON', async () => {
    await az('login', '-u', developer, '-p', passwordOf(developer));
    expect(said).to.include({ code: 0, error: '' });
    const [shown] = JSON.parse(said.out) as [object];
    expect(shown).to.deep.include({ id: directory.subscription.id, user: { name: developer, type: 'user' } });
    await az('account', 'show');
    expect(JSON.parse(said.out)).to.deep.equal(shown);
    expect(cloud.records.map(({ record }) => record.properties?.['userAgent'])).to.deep.equal([
      'python-requests/2.32.3',
    ]);
  });

  it('says what a service refused, and ends with 1', async () => {
    await az('login', '-u', developer, '-p', 'wrong');
    expect(said.code).to.equal(1);
    expect(said.error).to.match(/^ERROR: AADSTS50126: /);
    await az('account', 'show');
    expect(said.error).to.equal("ERROR: Please run 'az login' to setup account.\r\n");
    const analyst = `analyst1@${directory.tenant.domain}`;
    await az('login', '-u', analyst, '-p', passwordOf(analyst));
    await az('group', 'create', '-n', 'x', '-l', 'westeurope');
    expect(said.error).to.match(/^ERROR: \(AuthorizationFailed\) The client/);
  });

  it('provisions: a group, an address, a machine with its network by a deployment, and what a template says', async () => {
    const application = directory.applications.find(({ servicePrincipal }) => servicePrincipal !== null);
    const secret = application?.servicePrincipal?.secret ?? '';
    await az(
      'login',
      '--service-principal',
      '-u',
      application?.id ?? '',
      '-p',
      secret,
      '--tenant',
      directory.tenant.id,
    );
    await az('group', 'create', '--name', 'spree', '--location', 'westeurope');
    await az('network', 'public-ip', 'create', '-g', 'spree', '-n', 'egress');
    expect(JSON.parse(said.out)).to.have.nested.property('publicIp.properties.ipAddress');
    await az('vm', 'create', '-g', 'spree', '-n', 'vm-1', '--image', 'Ubuntu2204', '--generate-ssh-keys');
    expect(JSON.parse(said.out)).to.include({ powerState: 'VM running', resourceGroup: 'spree' });
    await az('deployment', 'group', 'create', '-g', 'spree', '-f', 'template.json');
    await az('group', 'delete', '-n', 'spree', '--yes');
    expect(said.code).to.equal(0);
    expect(succeeded()).to.deep.equal([
      'MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/WRITE',
      'MICROSOFT.NETWORK/PUBLICIPADDRESSES/WRITE',
      'MICROSOFT.NETWORK/VIRTUALNETWORKS/WRITE',
      'MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WRITE',
      'MICROSOFT.NETWORK/PUBLICIPADDRESSES/WRITE',
      'MICROSOFT.NETWORK/NETWORKINTERFACES/WRITE',
      'MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE',
      'MICROSOFT.RESOURCES/DEPLOYMENTS/WRITE',
      'MICROSOFT.NETWORK/PUBLICIPADDRESSES/WRITE',
      'MICROSOFT.RESOURCES/DEPLOYMENTS/WRITE',
      'MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/DELETE',
    ]);
  });

  it('asks any URL with a token for it', async () => {
    await az('login', '-u', developer, '-p', passwordOf(developer));
    await az('rest', '--method', 'get', '--url', 'https://graph.microsoft.com/v1.0/me');
    expect(JSON.parse(said.out)).to.include({ userPrincipalName: developer });
  });

  it('waits until its user has typed the device code elsewhere', async () => {
    const signingIn = az('login', '--use-device-code');
    while (!/enter the code \w+/.test(spoken)) await new Promise((resolve) => setTimeout(resolve, 10));
    const [, otc = ''] = /enter the code (\w+)/.exec(spoken) ?? [];
    const form = { otc, login: developer, passwd: passwordOf(developer) };
    await cloud.ask('https://login.microsoft.com/device', { form });
    expect((await signingIn).code).to.equal(0);
  });

  it('says what it is not able to do, and misses no argument', async () => {
    const failure = await az('keyvault', 'list').then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(NotImplemented);
    await az('login', '-u', developer, '-p', passwordOf(developer));
    await az('group', 'create', '-n', 'x');
    expect(said).to.include({ code: 2, error: 'ERROR: the following arguments are required: --location/-l\r\n' });
  });
});
