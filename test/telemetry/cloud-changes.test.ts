import { expect } from 'chai';
import type { LabEvent } from '../../src/model/event.ts';
import { serviceDatasets } from '../../src/model/service-log.ts';
import { directory, openCloud, passwordOf, type TestCloud } from '../services/microsoft/cloud.ts';
import { at } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';

const { tenant, subscription } = directory;

const eventsOf = ({ records }: TestCloud): readonly LabEvent[] =>
  records.map(({ dataset, record }, index) => ({
    'event.id': `entra:service-log:${index + 1}`,
    '@timestamp': at('2026-11-20T12:00:00Z'),
    'event.action': serviceDatasets[dataset],
    'event.dataset': dataset,
    'event.original': JSON.stringify(record),
    'host.name': 'entra',
    'tocsin.sensor': 'service-log',
    'tocsin.origin': 'test',
  }));

describe('the tables of changes in the cloud', () => {
  let cloud: TestCloud;
  before(async () => (cloud = await openCloud()));
  after(() => cloud[Symbol.asyncDispose]());

  const headersFor = async (scope: string): Promise<Readonly<Record<string, string>>> => {
    const username = `admin@${tenant.domain}`;
    const { body } = await cloud.ask(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
      form: {
        ...{ grant_type: 'password', client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scope },
        ...{ username, password: passwordOf(username) },
      },
    });
    return { Authorization: `Bearer ${String(body['access_token'])}` };
  };

  it('show who changed what of the directory, with objects where the workspace has them', async () => {
    const headers = await headersFor('https://graph.microsoft.com/.default');
    const json = {
      ...{ accountEnabled: true, displayName: 'Sup Port', userPrincipalName: `support@${tenant.domain}` },
      passwordProfile: { password: 'Turnstone-11' },
    };
    await cloud.ask('https://graph.microsoft.com/v1.0/users', { json, headers });
    const [row] = await productRows('AuditLogs', eventsOf(cloud));
    expect(row).to.include({ OperationName: 'Add user', Category: 'UserManagement', Result: 'success' });
    expect(JSON.parse(String(row?.['InitiatedBy']))).to.have.nested.property(
      'user.userPrincipalName',
      `admin@${tenant.domain}`,
    );
    expect(JSON.parse(String(row?.['TargetResources']))).to.have.nested.property('[0].displayName', 'Sup Port');
  });

  it('show an operation by both of its names, and each step of it', async () => {
    const headers = await headersFor('https://management.azure.com/.default');
    const group = `https://management.azure.com/subscriptions/${subscription.id}/resourceGroups/Staging?api-version=2024-01-01`;
    await cloud.ask(group, { method: 'PUT', headers, json: { location: 'westeurope' } });
    const rows = await productRows('AzureActivity', eventsOf(cloud));
    expect(rows.map((row) => [row['ActivityStatusValue'], row['ActivityStatus']])).to.deep.equal([
      ['Start', 'Started'],
      ['Success', 'Succeeded'],
    ]);
    expect(rows[0]).to.include({
      OperationNameValue: 'MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/WRITE',
      OperationName: 'Update resource group',
      Caller: `admin@${tenant.domain}`,
      CallerIpAddress: '127.0.0.1',
      ResourceGroup: 'Staging',
      SubscriptionId: subscription.id,
      ResourceProviderValue: 'MICROSOFT.RESOURCES',
      CategoryValue: 'Administrative',
    });
  });
});
