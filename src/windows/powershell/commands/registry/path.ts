import type { Session } from '../../engine/session.ts';
import { createException } from '../../engine/error-record.ts';
import type { KeyPath } from '../../../registry/path.ts';
import type { CmdletContext } from '../cmdlet.ts';

/** Drives of the registry that every session has; `New-PSDrive` adds others. */
export const registryDrives: Readonly<Record<string, string>> = {
  hklm: 'HKEY_LOCAL_MACHINE',
  hkcu: 'HKEY_CURRENT_USER',
};

/** A key as a cmdlet's path names it. */
export interface RegistryTarget {
  /** As it was written: errors show it. */
  readonly path: string;
  /** With the root spelled out: `HKEY_LOCAL_MACHINE\SOFTWARE`. */
  readonly full: string;
}

/** `HKLM:\x`, `HKCU:x`, `Registry::HKEY_USERS\x` and whatever `New-PSDrive` made; null for a path of anything else. */
export const registryTarget = (path: string, { drives, location }: Session): RegistryTarget | null => {
  const provider = /^(?:Microsoft\.PowerShell\.Core\\)?Registry::(.*)$/i.exec(path);
  if (provider !== null) return { path, full: provider[1] ?? '' };
  const full = /^[^:\\/]+:/.test(path) || !/^[^:\\/]+:/.test(location) ? path : `${location}\\${path}`;
  const [, drive = '', rest = ''] = /^([^:\\/]+):[\\/]*(.*)$/.exec(full) ?? [];
  const root = drives.get(drive.toLowerCase()) ?? registryDrives[drive.toLowerCase()];
  return root === undefined ? null : { path, full: rest === '' ? root : `${root}\\${rest.replaceAll('/', '\\')}` };
};

const expand = (root: string): string =>
  root.replace(
    /^(hklm|hkcu|hkcr|hku)(?=\\|$)/i,
    (name) =>
      ({ hklm: 'HKEY_LOCAL_MACHINE', hkcu: 'HKEY_CURRENT_USER', hkcr: 'HKEY_CLASSES_ROOT', hku: 'HKEY_USERS' })[
        name.toLowerCase()
      ] ?? name,
  );

export const locateKey = ({ full }: RegistryTarget, context: CmdletContext): KeyPath | null =>
  context.frame.session.machine.registry().locate(expand(full).replace(/\\+$/, ''));

export const keyNotFound = (target: RegistryTarget, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException(
      'System.Management.Automation.ItemNotFoundException',
      `Cannot find path '${target.path.replace(/^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i, '')}' because it does not exist.`,
    ),
    category: 'ObjectNotFound',
    target: { text: target.path, type: 'String' },
    id: `PathNotFound,Microsoft.PowerShell.Commands.${context.name}`,
  });
