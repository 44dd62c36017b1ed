import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { ResourceManagementClient } from '@azure/arm-resources';
import type { TokenCredential } from '@azure/core-auth';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { expect } from 'chai';
import { directory, openCloud, passwordOf, type TestCloud } from './cloud.ts';

const { tenant, subscription } = directory;
const location = 'westeurope';

/** The clients' own requests, to the service instead of the real one. */
const clientTo = (cloud: TestCloud): HttpClient => ({
  sendRequest: async (request) => {
    const { status, headers, text } = await cloud.ask(request.url, {
      method: request.method,
      headers: request.headers.toJSON(),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
    });
    return { request, status, headers: createHttpHeaders(headers), bodyAsText: text };
  },
});

const tokenOf = async (cloud: TestCloud, name: string): Promise<string> => {
  const username = `${name}@${tenant.domain}`;
  const { body } = await cloud.ask(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
    form: {
      ...{ grant_type: 'password', client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' },
      ...{ scope: 'https://management.azure.com/.default', username, password: passwordOf(username) },
    },
  });
  return String(body['access_token']);
};

describe('Azure Resource Manager', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await openCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const clientsOf = (name: string) => {
    const credential: TokenCredential = {
      getToken: async () => ({ token: await tokenOf(cloud, name), expiresOnTimestamp: Date.now() + 3_000_000 }),
    };
    const options = { httpClient: clientTo(cloud) };
    return {
      resources: new ResourceManagementClient(credential, subscription.id, options),
      network: new NetworkManagementClient(credential, subscription.id, options),
      compute: new ComputeManagementClient(credential, subscription.id, options),
    };
  };

  const activities = (): readonly string[] =>
    cloud.records
      .filter(({ dataset }) => dataset === 'azure.activitylogs')
      .map(({ record }) => `${String(record['operationName'])} ${String(record['resultType'])}`);

  it('makes, shows and removes what the clients of Azure ask for, and logs each operation from start to success', async () => {
    const { resources, network, compute } = clientsOf('developer');
    expect(await resources.resourceGroups.createOrUpdate('staging', { location })).to.include({ name: 'staging' });
    const address = await network.publicIPAddresses.createOrUpdate('staging', 'egress', { location });
    expect(address).to.include({ name: 'egress', provisioningState: 'Succeeded' });
    expect(address.ipAddress).to.match(/^198\.51\.100\./);
    const machine = await compute.virtualMachines.createOrUpdate('staging', 'vm-1', {
      location,
      hardwareProfile: { vmSize: 'Standard_B1s' },
    });
    expect(machine.provisioningState).to.equal('Succeeded');
    const names: string[] = [];
    for await (const one of compute.virtualMachines.list('staging')) names.push(one.name ?? '');
    expect(names).to.deep.equal(['vm-1']);
    await compute.virtualMachines.delete('staging', 'vm-1');
    await resources.resourceGroups.delete('staging');
    expect(activities()).to.deep.equal([
      ...['Start', 'Success'].map((one) => `MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/WRITE ${one}`),
      ...['Start', 'Accept', 'Success'].map((one) => `MICROSOFT.NETWORK/PUBLICIPADDRESSES/WRITE ${one}`),
      ...['Start', 'Accept', 'Success'].map((one) => `MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE ${one}`),
      ...['Start', 'Accept', 'Success'].map((one) => `MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE ${one}`),
      ...['Start', 'Accept', 'Success'].map((one) => `MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/DELETE ${one}`),
    ]);
  });

  it('makes what a template says, each resource an operation of its own', async () => {
    const { resources } = clientsOf('developer');
    await resources.resourceGroups.createOrUpdate('staging', { location });
    const token = await tokenOf(cloud, 'developer');
    const url = `https://management.azure.com/subscriptions/${subscription.id}/resourceGroups/staging/providers/Microsoft.Resources/deployments/spree?api-version=2024-01-01`;
    const template = {
      parameters: { prefix: { type: 'string' } },
      variables: { address: "[concat(parameters('prefix'), '-ip')]" },
      resources: [
        {
          ...{ type: 'Microsoft.Network/publicIPAddresses', apiVersion: '2024-01-01', properties: {} },
          ...{ name: "[variables('address')]", location: '[resourceGroup().location]' },
        },
        { type: 'Microsoft.Compute/virtualMachines', apiVersion: '2024-07-01', name: 'vm-2', location, properties: {} },
      ],
    };
    const headers = { Authorization: `Bearer ${token}` };
    const put = (resource: object) =>
      cloud.ask(url, {
        method: 'PUT',
        headers,
        json: { properties: { mode: 'Incremental', template: resource, parameters: { prefix: { value: 'x' } } } },
      });
    const refused = await put({ ...template, variables: { address: "[uniqueString('x')]" } });
    expect(refused.body['error']).to.include({ code: 'InvalidTemplate' });
    const accepted = await put(template);
    expect(accepted.status).to.equal(201);
    for (let polls = 0; polls < 50; polls++) {
      const status = await cloud.ask(accepted.headers['azure-asyncoperation'] ?? '', { headers });
      if (status.body['status'] === 'Succeeded') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(activities().filter((one) => one.endsWith('Success'))).to.deep.equal([
      'MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/WRITE Success',
      'MICROSOFT.NETWORK/PUBLICIPADDRESSES/WRITE Success',
      'MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE Success',
      'MICROSOFT.RESOURCES/DEPLOYMENTS/WRITE Success',
    ]);
    const shown = await cloud.ask(
      url.replace(/Microsoft\.Resources.*\?/, 'Microsoft.Network/publicIPAddresses/x-ip?'),
      { headers },
    );
    expect(shown.status).to.equal(200);
  });

  it('refuses who may not, which is logged as a failure, and who is nobody, which is not', async () => {
    const { resources } = clientsOf('analyst1');
    const error = await resources.resourceGroups.createOrUpdate('x', { location }).then(
      () => null,
      (reason: unknown) => reason as { code?: string; statusCode?: number },
    );
    expect(error).to.include({ code: 'AuthorizationFailed', statusCode: 403 });
    expect(activities()).to.deep.equal(['MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/WRITE Failure']);
    const url = `https://management.azure.com/subscriptions/${subscription.id}/resourcegroups?api-version=2024-01-01`;
    expect((await cloud.ask(url)).status).to.equal(401);
    const forged = await cloud.ask(url, { headers: { Authorization: 'Bearer e30.e30.x' } });
    expect(forged.body['error']).to.include({ code: 'InvalidAuthenticationToken' });
  });

  it('gives a role to whom an owner names', async () => {
    const headers = { Authorization: `Bearer ${await tokenOf(cloud, 'admin')}` };
    const scope = `https://management.azure.com/subscriptions/${subscription.id}/providers/Microsoft.Authorization`;
    const analyst = directory.users.find(({ upn }) => upn.startsWith('analyst2'));
    const assigned = await cloud.ask(
      `${scope}/roleAssignments/11111111-1111-1111-1111-111111111111?api-version=2022-04-01`,
      {
        method: 'PUT',
        headers,
        json: {
          properties: {
            roleDefinitionId: `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
            principalId: analyst?.id,
          },
        },
      },
    );
    expect(assigned.status).to.equal(201);
    const group = await clientsOf('analyst2').resources.resourceGroups.createOrUpdate('mine', { location });
    expect(group.name).to.equal('mine');
    expect(activities()[0]).to.equal('MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE Start');
  });
});
