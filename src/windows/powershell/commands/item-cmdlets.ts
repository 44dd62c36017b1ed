import { mkdirSync, readdirSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { leafName, type WindowsPath } from '../../os/windows-path.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { createException } from '../engine/error-record.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { toText } from '../values/text.ts';
import type { Cmdlet } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';
import { itemObject, matching, notFound, paths, selected, statOf } from './item-paths.ts';
import { listKeys, newKey, removeKey, testKey } from './registry/items.ts';
import { registryTarget } from './registry/path.ts';

const testPath: Cmdlet = {
  name: 'Test-Path',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'PathType', aliases: ['Type'] },
    { name: 'IsValid', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        const key = registryTarget(path, context.frame.session);
        if (key !== null) {
          await context.output(testKey(key, context));
          continue;
        }
        if (/^(env|cert|variable|function):/i.test(path)) throw new NotImplemented(`Test-Path ${path}`);
        const type = toText(context.argument('PathType') ?? 'Any').toLowerCase();
        const found = matching(path, context)
          .map(statOf)
          .filter((stats) => stats !== undefined);
        await context.output(found.some((stats) => type === 'any' || stats.isDirectory() === (type === 'container')));
      }
    },
  }),
};

const newItem: Cmdlet = {
  name: 'New-Item',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'Name' },
    { name: 'ItemType', aliases: ['Type'] },
    { name: 'Value', aliases: ['Target'] },
    { name: 'Force', isSwitch: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const given = toText(context.argument('Path') ?? '.');
      const path = context.has('Name') ? `${given}\\${toText(context.argument('Name') ?? null)}` : given;
      const key = registryTarget(path, context.frame.session);
      if (key !== null) return newKey(key, context);
      const kind = toText(context.argument('ItemType') ?? 'File').toLowerCase();
      const file = resolveFile(path, context);
      if (!/^(d|f)/.test(kind)) throw new NotImplemented(`New-Item -ItemType ${kind}`);
      if (statOf(file) !== undefined && !context.has('Force')) {
        return context.writeError({
          exception: createException(
            'System.IO.IOException',
            kind.startsWith('d')
              ? `An item with the specified name ${file.windows} already exists.`
              : `The file '${file.windows}' already exists.`,
          ),
          category: kind.startsWith('d') ? 'ResourceExists' : 'WriteError',
          target: { text: file.windows, type: 'String' },
          id: `${kind.startsWith('d') ? 'DirectoryExist' : 'NewItemIOError'},Microsoft.PowerShell.Commands.NewItemCommand`,
        });
      }
      withFile(context, file, () => {
        if (context.has('Force')) mkdirSync(dirname(file.host), { recursive: true });
        if (kind.startsWith('d')) mkdirSync(file.host, { recursive: true });
        else writeFileSync(file.host, toText(input ?? context.argument('Value') ?? ''));
      });
      const stats = statOf(file);
      if (stats !== undefined) await context.output(itemObject(file, stats));
    },
  }),
};

const removeItem: Cmdlet = {
  name: 'Remove-Item',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'Recurse', isSwitch: true },
    { name: 'Force', isSwitch: true },
    { name: 'Include' },
    { name: 'Exclude' },
    { name: 'Confirm', isSwitch: true },
  ],
  start: (context) => ({
    process: async (input) => {
      for (const path of paths(context, input)) {
        const key = registryTarget(path, context.frame.session);
        if (key !== null) {
          await removeKey(key, context);
          continue;
        }
        if (/^(env|cert|variable|function|alias):/i.test(path)) throw new NotImplemented(`Remove-Item ${path}`);
        for (const file of matching(path, context)) {
          if (!selected(leafName(file.windows), context)) continue;
          const stats = statOf(file);
          if (stats === undefined) await context.writeError(notFound(file, context));
          else if (stats.isDirectory() && readdirSync(file.host).length > 0 && !context.has('Recurse'))
            throw new NotImplemented('the question whether to remove a folder that is not empty');
          else withFile(context, file, () => rmSync(file.host, { recursive: true }));
        }
      }
    },
  }),
};

const getChildItem: Cmdlet = {
  name: 'Get-ChildItem',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'Filter', position: 1 },
    { name: 'Recurse', aliases: ['s'], isSwitch: true },
    { name: 'Force', isSwitch: true },
    { name: 'File', isSwitch: true },
    { name: 'Directory', aliases: ['ad'], isSwitch: true },
    { name: 'Name', isSwitch: true },
    { name: 'Include' },
    { name: 'Exclude' },
    { name: 'Depth' },
    { name: 'Hidden', isSwitch: true, unsupported: true },
  ],
  start: (context) => {
    const pattern = context.has('Filter') ? wildcardPattern(toText(context.argument('Filter') ?? null), false) : null;
    const wanted = (file: WindowsPath, stats: Stats): boolean => {
      if (context.has('File') && stats.isDirectory()) return false;
      if (context.has('Directory') && !stats.isDirectory()) return false;
      return (pattern === null || pattern.test(leafName(file.windows))) && selected(leafName(file.windows), context);
    };
    const depth = context.has('Depth')
      ? Number(toText(context.argument('Depth') ?? 0))
      : context.has('Recurse')
        ? Infinity
        : 0;
    const show = async (file: WindowsPath, stats: Stats): Promise<void> => {
      if (wanted(file, stats))
        await context.output(context.has('Name') ? leafName(file.windows) : itemObject(file, stats));
    };
    const list = async (folder: WindowsPath, level: number): Promise<void> => {
      for (const name of readdirSync(folder.host).sort((a, b) => a.localeCompare(b))) {
        const file = { host: `${folder.host}/${name}`, windows: `${folder.windows.replace(/\\$/, '')}\\${name}` };
        const stats = statOf(file);
        if (stats === undefined) continue;
        await show(file, stats);
        if (level > 0 && stats.isDirectory()) await list(file, level - 1);
      }
    };
    return {
      process: async (input) => {
        const given =
          input === undefined && !context.has('Path') && !context.has('LiteralPath') ? ['.'] : paths(context, input);
        for (const path of given) {
          const key = registryTarget(path, context.frame.session);
          if (key !== null) {
            await listKeys(key, context, context.has('Recurse'));
            continue;
          }
          if (/^(env|cert|variable|function|alias):/i.test(path)) throw new NotImplemented(`Get-ChildItem ${path}`);
          for (const file of matching(path, context)) {
            const stats = statOf(file);
            if (stats === undefined) await context.writeError(notFound(file, context));
            else if (stats.isDirectory() && !/[*?]/.test(path)) await list(file, depth);
            else await show(file, stats);
          }
        }
      },
    };
  },
};

export const itemCmdlets: readonly Cmdlet[] = [testPath, newItem, removeItem, getChildItem];
