import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import { parseDirectory } from '../../src/content/topology/directory.ts';
import { openCloud, passwordOf, directory, type TestCloud } from '../services/microsoft/cloud.ts';
import { at } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';

const { tenant } = directory;
const url = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;
const client_id = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** What the service itself logs, as the sensor of its log makes events of it. */
const eventsOf = ({ records }: TestCloud): readonly LabEvent[] =>
  records.map(({ dataset, record }, index) => ({
    'event.id': `entra:service-log:${index + 1}`,
    '@timestamp': at('2026-11-20T12:00:00Z'),
    'event.action': 'sign-in',
    'event.dataset': dataset,
    'event.original': JSON.stringify(record),
    'host.name': 'entra',
    'source.ip': '127.0.0.1',
    'tocsin.sensor': 'service-log',
    'tocsin.origin': 'test',
  }));

describe('the tables of sign-ins', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await openCloud({
      namedLocations: [{ name: 'Partner VPN', prefixes: ['127.0.0.0/8'], trusted: true }],
      riskyNetworks: [{ prefix: '127.0.0.0/8', detection: 'anonymizedIPAddress', level: 'medium' }],
    });
    const username = `analyst1@${tenant.domain}`;
    const form = { client_id, scope: 'https://graph.microsoft.com/.default offline_access' };
    const password = passwordOf(username);
    const { body } = await cloud.ask(url, { form: { ...form, grant_type: 'password', username, password } });
    await cloud.ask(url, { form: { ...form, grant_type: 'password', username, password: 'wrong' } });
    const refresh_token = String(body['refresh_token']);
    await cloud.ask(url, { form: { ...form, grant_type: 'refresh_token', refresh_token } });
    const pipeline = directory.applications.find(({ servicePrincipal }) => servicePrincipal !== null);
    const client_secret = pipeline?.servicePrincipal?.secret ?? '';
    const own = { client_id: pipeline?.id ?? '', client_secret, grant_type: 'client_credentials' };
    await cloud.ask(url, { form: { ...form, ...own } });
  });
  after(() => cloud[Symbol.asyncDispose]());

  it('show sign-ins of users with the types that the workspace gives them', async () => {
    const rows = await productRows('SigninLogs', eventsOf(cloud));
    expect(rows.map((row) => [row['ResultType'], row['IsInteractive']])).to.deep.equal([
      ['0', true],
      ['50126', true],
    ]);
    expect(rows[0]).to.include({
      UserPrincipalName: `analyst1@${tenant.domain}`,
      AppDisplayName: 'Microsoft Azure CLI',
      // Numbers of systems are text there, and so are arrays in columns of text.
      AutonomousSystemNumber: '64496',
      NetworkLocationDetails: '[{"networkType":"trustedNamedLocation","networkNames":["Partner VPN"]}]',
      RiskEventTypes_V2: '["anonymizedIPAddress"]',
      LocationDetails:
        '{"city":"Lund","state":"Skane","countryOrRegion":"SE","geoCoordinates":{"latitude":55.7,"longitude":13.2}}',
      IPAddress: '127.0.0.1',
      Location: 'SE',
      ConditionalAccessStatus: 'notApplied',
    });
    expect(JSON.parse(String(rows[1]?.['Status']))).to.include({ errorCode: 50126 });
  });

  it('show what a client did for its user, and what an application did, in tables of their own', async () => {
    const silent = await productRows('AADNonInteractiveUserSignInLogs', eventsOf(cloud));
    expect(silent.map((row) => [row['Category'], row['IncomingTokenType']])).to.deep.equal([
      ['NonInteractiveUserSignInLogs', 'refreshToken'],
    ]);
    const own = await productRows('AADServicePrincipalSignInLogs', eventsOf(cloud));
    expect(own.map((row) => [row['ServicePrincipalName'], row['ResultType'], row['IPAddress']])).to.deep.equal([
      ['deployment-pipeline', '0', '127.0.0.1'],
    ]);
  });
});

describe('the directory', () => {
  it('is refused with the place of what is wrong with it', () => {
    const parsed = parseDirectory('directory.yaml', 'tenant: { id: x, name: Lab, domain: lab.example }\n');
    expect(parsed.ok).to.equal(false);
    expect(parsed.diagnostics[0]?.place).to.include({ file: 'directory.yaml', line: 1 });
  });
});
