import type { AzArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';
import type { ResourceManager } from './resource-manager.ts';

/** `az deployment group create` of a template's file, with parameters as `name=value`. */
export const createDeployment = (args: AzArguments, host: AzHost, manager: ResourceManager): Promise<unknown> => {
  const group = args.required('--resource-group', '-g');
  const file = args.required('--template-file', '-f');
  const name = args.value('--name', '-n') ?? file.replace(/^.*[\\/]|\.json$/g, '');
  let template: unknown;
  try {
    template = JSON.parse(host.readFile(file));
  } catch (error) {
    throw new AzError(`Failed to read the template ${file}: ${error instanceof Error ? error.message : ''}`);
  }
  const parameters = Object.fromEntries(
    args.values('--parameters', '-p').map((one) => {
      const [, key = '', value = ''] = /^([^=]+)=([\s\S]*)$/.exec(one) ?? [];
      if (key === '') throw new AzError(`Unable to parse parameter: ${one}`, 2);
      return [key, { value }];
    }),
  );
  return manager.finish('PUT', `/resourceGroups/${group}/providers/Microsoft.Resources/deployments/${name}`, {
    properties: { mode: 'Incremental', template, parameters },
  });
};
