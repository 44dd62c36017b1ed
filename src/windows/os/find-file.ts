import { existsSync, readdirSync } from 'node:fs';
import { driveRoot } from '../../model/in-host.ts';
import { parseWindowsPath, type WindowsPath } from './windows-path.ts';

const sameName = (folder: string, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  try {
    return readdirSync(folder).find((entry) => entry.toLowerCase() === wanted);
  } catch {
    // Not a folder, or gone: there is nothing of that name in it.
    return undefined;
  }
};

/**
 * The file that a path names when case is ignored. Parts that exist get their true spelling; the rest stays as given, so that the
 * result is also where a new file belongs. `drive` is the host's folder that holds drive C.
 */
export const findPath = (text: string, currentFolder: string, drive: string): WindowsPath | null => {
  const path = parseWindowsPath(text, currentFolder);
  if (path === null) return null;
  const parts = path.host.slice(driveRoot.length).split('/').filter(Boolean);
  let host = drive;
  for (const [index, part] of parts.entries()) {
    const exact = `${host}/${part}`;
    const found = existsSync(exact) ? part : sameName(host, part);
    if (found === undefined) {
      host = [host, ...parts.slice(index)].join('/');
      break;
    }
    host = `${host}/${found}`;
  }
  return { host, windows: `C:\\${host.slice(drive.length + 1).replaceAll('/', '\\')}` };
};
