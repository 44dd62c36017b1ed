import { statSync } from 'node:fs';
import { parentFolder } from '../../os/windows-path.ts';
import { createException } from '../engine/error-record.ts';
import { readVariable } from '../engine/variables.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import type { Cmdlet } from './cmdlet.ts';
import { resolveFile } from './files.ts';

const getLocation: Cmdlet = {
  name: 'Get-Location',
  parameters: [],
  start: (context) => ({
    process: async () => {
      await context.output(readVariable({ name: 'PWD', qualifier: null }, context.frame));
    },
  }),
};

const setLocation: Cmdlet = {
  name: 'Set-Location',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath' },
    { name: 'PassThru', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const path = resolveFile(toText(context.argument('LiteralPath') ?? context.argument('Path') ?? '~'), context);
      if (statSync(path.host, { throwIfNoEntry: false })?.isDirectory() === true) {
        context.frame.session.location = path.windows;
        return;
      }
      await context.writeError({
        exception: createException(
          'System.Management.Automation.ItemNotFoundException',
          `Cannot find path '${path.windows}' because it does not exist.`,
        ),
        category: 'ObjectNotFound',
        target: { text: path.windows, type: 'String' },
        id: 'PathNotFound,Microsoft.PowerShell.Commands.SetLocationCommand',
      });
    },
  }),
};

const joinPath: Cmdlet = {
  name: 'Join-Path',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'ChildPath', position: 1 },
    { name: 'Resolve', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const child = toText(context.argument('ChildPath') ?? '').replace(/^[\\/]+/, '');
      for (const path of asList(input ?? context.argument('Path') ?? null))
        await context.output(`${toText(path).replace(/[\\/]+$/, '')}\\${child}`);
    },
  }),
};

const splitPath: Cmdlet = {
  name: 'Split-Path',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath' },
    ...['Parent', 'Leaf'].map((name) => ({ name, isSwitch: true })),
    ...['Qualifier', 'NoQualifier', 'Resolve', 'IsAbsolute'].map((name) => ({
      name,
      isSwitch: true,
      unsupported: true,
    })),
  ],
  start: (context) => ({
    process: async (input) => {
      const path = toText(input ?? context.argument('LiteralPath') ?? context.argument('Path') ?? null).replace(
        /[\\/]+$/,
        '',
      );
      await context.output(
        context.has('Leaf')
          ? path.replace(/^.*[\\/]/, '')
          : /[\\/]/.test(path)
            ? parentFolder(path.replaceAll('/', '\\'))
            : '',
      );
    },
  }),
};

export const locationCmdlets: readonly Cmdlet[] = [getLocation, setLocation, joinPath, splitPath];
