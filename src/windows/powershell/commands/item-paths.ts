import { readdirSync, statSync, type Stats } from 'node:fs';
import { leafName, parentFolder, type WindowsPath } from '../../os/windows-path.ts';
import { createException } from '../engine/error-record.ts';
import { wildcardPattern } from '../operators/patterns.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { DateTime, PsObject, type Value } from '../values/value.ts';
import type { CmdletContext, CmdletFailure } from './cmdlet.ts';
import { resolveFile } from './files.ts';

export const statOf = (path: WindowsPath): Stats | undefined => statSync(path.host, { throwIfNoEntry: false });

/** A FileInfo or DirectoryInfo. */
export const itemObject = (path: WindowsPath, stats: Stats): PsObject => {
  const folder = stats.isDirectory();
  const name = leafName(path.windows);
  return new PsObject(
    [folder ? 'System.IO.DirectoryInfo' : 'System.IO.FileInfo', 'System.IO.FileSystemInfo'],
    [
      ['Mode', folder ? 'd-----' : '-a----'],
      ['LastWriteTime', new DateTime(stats.mtimeMs)],
      ['Length', folder ? null : stats.size],
      ['Name', name],
      ['FullName', path.windows],
      ['BaseName', folder ? name : name.replace(/\.[^.]*$/, '')],
      ['Extension', /\.[^.]*$/.exec(name)?.[0] ?? ''],
      ['Exists', true],
      ['PSIsContainer', folder],
      ['CreationTime', new DateTime(stats.birthtimeMs)],
      ...(folder ? [] : ([['DirectoryName', parentFolder(path.windows)]] as const)),
    ],
    {
      text: path.windows,
      missing: [
        'VersionInfo',
        'Attributes',
        'LinkType',
        'Target',
        'Directory',
        'Parent',
        'Root',
        'LastAccessTime',
        'IsReadOnly',
      ],
    },
  );
};

export const paths = (context: CmdletContext, input: Value | undefined): string[] => {
  if (input instanceof PsObject) return [toText(input.get('FullName') ?? input.get('PSPath') ?? input)];
  return asList(input ?? context.argument('LiteralPath') ?? context.argument('Path') ?? null).map(toText);
};

export const notFound = (path: WindowsPath, context: CmdletContext): CmdletFailure => ({
  exception: createException(
    'System.Management.Automation.ItemNotFoundException',
    `Cannot find path '${path.windows}' because it does not exist.`,
  ),
  category: 'ObjectNotFound',
  target: { text: path.windows, type: 'String' },
  id: `PathNotFound,Microsoft.PowerShell.Commands.${context.name}`,
});

/** The existing files that a path with wildcards in its last part names; a path without any names one, existing or not. */
export const matching = (path: string, context: CmdletContext): WindowsPath[] => {
  const target = resolveFile(path, context);
  if (!/[*?[]/.test(path) || context.has('LiteralPath')) return [target];
  const folder = resolveFile(parentFolder(target.windows), context);
  const pattern = wildcardPattern(leafName(target.windows), false);
  const names =
    statOf(folder)?.isDirectory() === true ? readdirSync(folder.host).filter((name) => pattern.test(name)) : [];
  return names.sort().map((name) => resolveFile(`${folder.windows.replace(/\\$/, '')}\\${name}`, context));
};

/** Does `-Include` take it, and `-Exclude` leave it? */
export const selected = (name: string, context: CmdletContext): boolean => {
  const matches = (parameter: string): boolean =>
    asList(context.argument(parameter) ?? null).some((pattern) => wildcardPattern(toText(pattern), false).test(name));
  return (!context.has('Include') || matches('Include')) && !matches('Exclude');
};
