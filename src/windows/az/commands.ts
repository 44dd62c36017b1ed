import type { AzArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import { createDeployment } from './deployments.ts';
import { createMachine } from './machines.ts';
import { show } from './profile.ts';
import { openResourceManager, type ResourceManager } from './resource-manager.ts';
import { runRest } from './rest.ts';
import { accessToken, runLogin } from './sign-in.ts';

export interface AzCommand {
  /** Options that it reads, in all their names. */
  readonly options: readonly string[];
  readonly run: (args: AzArguments, host: AzHost) => unknown;
}

const group = ['--resource-group', '-g'];
const name = ['--name', '-n'];
const location = ['--location', '-l'];
const confirmed = ['--yes', '-y', '--no-wait'];

/** A command of Resource Manager's. */
const managed = (
  options: readonly string[],
  run: (args: AzArguments, manager: ResourceManager, host: AzHost) => unknown,
): AzCommand => ({ options, run: async (args, host) => run(args, await openResourceManager(host), host) });

const pathOf = (args: AzArguments, type: string): string =>
  `/resourceGroups/${args.required(...group)}/providers/${type}/${args.required(...name)}`;

const groupPath = (args: AzArguments): string =>
  `/resourceGroups/${args.required('--name', '--resource-group', '-n', '-g')}`;

const remove = async (args: AzArguments, manager: ResourceManager, path: string): Promise<undefined> => {
  await (args.has('--no-wait') ? manager.ask('DELETE', path) : manager.finish('DELETE', path));
};

const machines = 'Microsoft.Compute/virtualMachines';

export const commands: ReadonlyMap<string, AzCommand> = new Map<string, AzCommand>([
  [
    'login',
    {
      options: [
        '--username',
        '-u',
        '--password',
        '-p',
        '--tenant',
        '-t',
        '--service-principal',
        '--use-device-code',
        '--allow-no-subscriptions',
      ],
      run: runLogin,
    },
  ],
  ['logout', { options: ['--username'], run: (_, host) => host.profile.clear() }],
  [
    'account show',
    {
      options: [],
      run: (_, host) => {
        const session = host.profile.read();
        return session.subscriptions.map((one) => show(one, session))[0];
      },
    },
  ],
  [
    'account list',
    {
      options: ['--all', '--refresh'],
      run: (_, host) => {
        const session = host.profile.read();
        return session.subscriptions.map((one) => show(one, session));
      },
    },
  ],
  [
    'account get-access-token',
    {
      options: ['--resource'],
      run: async (args, host) => ({
        accessToken: await accessToken(host, args.value('--resource') ?? 'https://management.core.windows.net/'),
        tokenType: 'Bearer',
      }),
    },
  ],
  [
    'group create',
    managed([...name, ...group, ...location], async (args, manager) => {
      const body = { location: args.required(...location) };
      return (await manager.ask('PUT', groupPath(args), body)).body;
    }),
  ],
  [
    'group show',
    managed([...name, ...group], async (args, manager) => (await manager.ask('GET', groupPath(args))).body),
  ],
  ['group list', managed([], async (_, manager) => (await manager.ask('GET', '/resourceGroups')).body['value'])],
  [
    'group delete',
    managed([...name, ...group, ...confirmed], (args, manager) => remove(args, manager, groupPath(args))),
  ],
  [
    'network public-ip create',
    managed([...group, ...name, ...location, '--sku', '--allocation-method'], async (args, manager) => {
      const path = pathOf(args, 'Microsoft.Network/publicIPAddresses');
      const found = await manager.ask('GET', `/resourceGroups/${args.required(...group)}`);
      return {
        publicIp: await manager.finish('PUT', path, {
          location: args.value(...location) ?? found.body['location'],
          sku: { name: args.value('--sku') ?? 'Standard' },
          properties: { publicIPAllocationMethod: args.value('--allocation-method') ?? 'Static' },
        }),
      };
    }),
  ],
  [
    'vm create',
    managed(
      [
        ...[...group, ...name, ...location, '--image', '--size'],
        ...['--admin-username', '--admin-password', '--generate-ssh-keys', '--authentication-type', '--public-ip-sku'],
      ],
      (args, manager, host) => createMachine(args, host, manager),
    ),
  ],
  [
    'vm list',
    managed([...group], async (args, manager) => {
      const path = `/resourceGroups/${args.required(...group)}/providers/${machines}`;
      return (await manager.ask('GET', path)).body['value'];
    }),
  ],
  [
    'vm delete',
    managed([...group, ...name, ...confirmed], (args, manager) => remove(args, manager, pathOf(args, machines))),
  ],
  [
    'deployment group create',
    managed([...group, ...name, '--template-file', '-f', '--parameters', '-p'], (args, manager, host) =>
      createDeployment(args, host, manager),
    ),
  ],
  [
    'rest',
    {
      options: ['--method', '-m', '--url', '--uri', '-u', '--body', '-b', '--resource'],
      run: runRest,
    },
  ],
]);

/** Of every command. */
export const globalOptions = ['--output', '-o', '--only-show-errors', '--subscription'];
