import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, type Stats } from 'node:fs';
import { NotImplemented } from '../../os/not-implemented.ts';
import { leafName, parentFolder, type WindowsPath } from '../../os/windows-path.ts';
import { createException } from '../engine/error-record.ts';
import { toText } from '../values/text.ts';
import type { ParameterSpec } from './binding.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';
import { itemObject, matching, notFound, paths, selected, statOf } from './item-paths.ts';
import { getKey } from './registry/items.ts';
import { registryTarget } from './registry/path.ts';

const common: readonly ParameterSpec[] = [
  { name: 'Path', position: 0 },
  { name: 'LiteralPath', aliases: ['PSPath'] },
  { name: 'Force', isSwitch: true },
  { name: 'Confirm', isSwitch: true },
  { name: 'Include' },
  { name: 'Exclude' },
  { name: 'PassThru', isSwitch: true },
  { name: 'Filter', unsupported: true },
  { name: 'Credential', unsupported: true },
];

/** Files that the command's paths name; what is not there is reported. */
const sources = async (context: CmdletContext, path: string): Promise<{ file: WindowsPath; stats: Stats }[]> => {
  if (registryTarget(path, context.frame.session) !== null) throw new NotImplemented(`copying or moving ${path}`);
  const found: { file: WindowsPath; stats: Stats }[] = [];
  for (const file of matching(path, context)) {
    const stats = statOf(file);
    if (stats === undefined) await context.writeError(notFound(file, context));
    else if (selected(leafName(file.windows), context)) found.push({ file, stats });
  }
  return found;
};

/** Into a folder that is there, under the same name; else the destination is the new name. */
const targetOf = (source: WindowsPath, context: CmdletContext): WindowsPath => {
  const target = resolveFile(toText(context.argument('Destination') ?? '.'), context);
  if (statOf(target)?.isDirectory() !== true) return target;
  return resolveFile(`${target.windows.replace(/\\$/, '')}\\${leafName(source.windows)}`, context);
};

const ioFailure = (message: string, id: string, path: WindowsPath, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException('System.IO.IOException', message),
    category: 'WriteError',
    target: { text: path.windows, type: 'FileInfo' },
    id: `${id},Microsoft.PowerShell.Commands.${context.name}`,
  });

const pass = async (target: WindowsPath, context: CmdletContext): Promise<void> => {
  const stats = statOf(target);
  if (context.has('PassThru') && stats !== undefined) await context.output(itemObject(target, stats));
};

const copyItem: Cmdlet = {
  name: 'Copy-Item',
  parameters: [
    ...common,
    { name: 'Destination', position: 1 },
    { name: 'Recurse', isSwitch: true },
    { name: 'Container', isSwitch: true },
    ...['FromSession', 'ToSession'].map((name) => ({ name, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        for (const { file, stats } of await sources(context, path)) {
          const target = targetOf(file, context);
          if (target.host === file.host) {
            await ioFailure(`Cannot overwrite the item ${file.windows} with itself.`, 'CopyError', file, context);
            continue;
          }
          withFile(context, target, () => {
            if (!stats.isDirectory()) copyFileSync(file.host, target.host);
            else if (context.has('Recurse')) cpSync(file.host, target.host, { recursive: true });
            else mkdirSync(target.host, { recursive: true });
          });
          await pass(target, context);
        }
      }
    },
  }),
};

const moveItem: Cmdlet = {
  name: 'Move-Item',
  parameters: [...common, { name: 'Destination', position: 1 }],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        for (const { file } of await sources(context, path)) {
          const target = targetOf(file, context);
          if (existsSync(target.host) && !context.has('Force')) {
            const message = 'Cannot create a file when that file already exists.';
            await ioFailure(message, 'MoveFileInfoItemIOError', file, context);
            continue;
          }
          withFile(context, target, () => renameSync(file.host, target.host));
          await pass(target, context);
        }
      }
    },
  }),
};

const renameItem: Cmdlet = {
  name: 'Rename-Item',
  parameters: [...common, { name: 'NewName', position: 1 }],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        for (const { file } of await sources(context, path)) {
          const name = leafName(toText(context.argument('NewName') ?? null));
          const target = resolveFile(`${parentFolder(file.windows)}\\${name}`, context);
          if (existsSync(target.host)) {
            const message = 'Cannot create a file when that file already exists.';
            await ioFailure(message, 'RenameItemIOError', file, context);
            continue;
          }
          withFile(context, target, () => renameSync(file.host, target.host));
          await pass(target, context);
        }
      }
    },
  }),
};

const getItem: Cmdlet = {
  name: 'Get-Item',
  parameters: [...common, { name: 'Stream', unsupported: true }],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        const key = registryTarget(path, context.frame.session);
        if (key !== null) {
          await getKey(key, context);
          continue;
        }
        if (/^(env|cert|variable|function|wsman):/i.test(path)) throw new NotImplemented(`Get-Item ${path}`);
        for (const { file, stats } of await sources(context, path)) await context.output(itemObject(file, stats));
      }
    },
  }),
};

export const moveCmdlets: readonly Cmdlet[] = [getItem, copyItem, moveItem, renameItem];
