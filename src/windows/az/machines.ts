import type { AzArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import type { ResourceManager } from './resource-manager.ts';

/** `az vm create`: a deployment of a machine with the network that it needs, as az makes it. */
export const createMachine = async (args: AzArguments, host: AzHost, manager: ResourceManager): Promise<unknown> => {
  const group = args.required('--resource-group', '-g');
  const name = args.required('--name', '-n');
  const image = args.required('--image');
  const groupPath = `/resourceGroups/${group}`;
  const { body } = await manager.ask('GET', groupPath);
  const location = args.value('--location', '-l') ?? String(body['location']);
  const part = (type: string, suffix: string, properties: object): object => ({
    ...{ type, apiVersion: '2024-01-01', name: `${name}${suffix}`, location, dependsOn: [], properties },
  });
  const id = (type: string, suffix: string): string =>
    `/subscriptions/${manager.subscription}${groupPath}/providers/${type}/${name}${suffix}`;
  const deployment = `${groupPath}/providers/Microsoft.Resources/deployments/vm_deploy_${host.random()}`;
  await manager.finish('PUT', deployment, {
    properties: {
      mode: 'Incremental',
      parameters: {},
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          part('Microsoft.Network/virtualNetworks', 'VNET', { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }),
          part('Microsoft.Network/networkSecurityGroups', 'NSG', {}),
          part('Microsoft.Network/publicIPAddresses', 'PublicIP', {}),
          part('Microsoft.Network/networkInterfaces', 'VMNic', {}),
          part('Microsoft.Compute/virtualMachines', '', {
            hardwareProfile: { vmSize: args.value('--size') ?? 'Standard_DS1_v2' },
            storageProfile: { imageReference: { offer: image } },
            networkProfile: { networkInterfaces: [{ id: id('Microsoft.Network/networkInterfaces', 'VMNic') }] },
          }),
        ],
      },
    },
  });
  const address = await manager.ask(
    'GET',
    `${groupPath}/providers/Microsoft.Network/publicIPAddresses/${name}PublicIP`,
  );
  const { ipAddress = '' } = (address.body['properties'] ?? {}) as { ipAddress?: string };
  return {
    ...{ fqdns: '', id: id('Microsoft.Compute/virtualMachines', ''), location, powerState: 'VM running' },
    ...{ publicIpAddress: ipAddress, resourceGroup: group, zones: '' },
  };
};
