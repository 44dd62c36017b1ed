import { writeFileSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { createException } from '../engine/error-record.ts';
import type { CmdletContext } from './cmdlet.ts';

const stripProvider = (path: string): string => path.replace(/^(Microsoft\.PowerShell\.Core\\)?FileSystem::/i, '');

/** The file a cmdlet's path means; a drive that does not exist ends the command as PowerShell says. */
export const resolveFile = (path: string, context: CmdletContext): WindowsPath => {
  const found = findPath(stripProvider(path), context.frame.session.location, context.frame.session.machine.drive);
  if (found !== null) return found;
  const drive = /^([^:\\/]+):/.exec(path)?.[1] ?? path;
  return context.terminate({
    exception: createException(
      'System.Management.Automation.DriveNotFoundException',
      `Cannot find drive. A drive with the name '${drive}' does not exist.`,
    ),
    category: 'ObjectNotFound',
    target: { text: drive, type: 'String' },
    id: `DriveNotFound,Microsoft.PowerShell.Commands.${context.name}`,
  });
};

/** Runs a file operation; what the system refuses ends the command. */
export const withFile = <T>(context: CmdletContext, path: WindowsPath, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const message = missing
      ? `Could not find a part of the path '${path.windows}'.`
      : `Access to the path '${path.windows}' is denied.`;
    return context.terminate({
      exception: createException(
        missing ? 'System.IO.DirectoryNotFoundException' : 'System.UnauthorizedAccessException',
        message,
      ),
      category: missing ? 'ObjectNotFound' : 'PermissionDenied',
      target: { text: path.windows, type: 'String' },
      id: `${missing ? 'GetContentWriterDirectoryNotFoundError' : 'GetContentWriterUnauthorizedAccessError'},Microsoft.PowerShell.Commands.${context.name}`,
    });
  }
};

export const saveBody = (path: string, body: Uint8Array, context: CmdletContext): void => {
  const file = resolveFile(path, context);
  withFile(context, file, () => writeFileSync(file.host, body));
};
