import { driveRoot } from '../../model/in-host.ts';

/** `C:\Users\x` and the Linux path behind it. Both are absolute and without `.` and `..`. */
export interface WindowsPath {
  readonly windows: string;
  readonly host: string;
}

const drive = 'C:';

const collapse = (parts: readonly string[]): string[] => {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    // Windows ignores dots and blanks at the end of a name.
    else kept.push(part.replace(/[. ]+$/, '') || part);
  }
  return kept;
};

const fromParts = (parts: readonly string[]): WindowsPath => ({
  windows: `${drive}\\${parts.join('\\')}`,
  host: [driveRoot, ...parts].join('/'),
});

/** The device that swallows everything, in any folder. */
export const isNullDevice = (text: string): boolean => /^(.*[\\/])?nul:?$/i.test(text);

/**
 * Reads a path as a program gives it, relative to `currentFolder` (absolute, Windows form). Null when it names another drive, a
 * network share or a device: the host has none of them.
 */
export const parseWindowsPath = (text: string, currentFolder: string): WindowsPath | null => {
  const unified = text.replaceAll('/', '\\').replace(/^\\\\\?\\(?=[a-z]:)/i, '');
  if (unified.startsWith('\\\\')) return null;
  const driveLetter = /^([a-z]):/i.exec(unified)?.[1];
  if (driveLetter !== undefined && driveLetter.toUpperCase() !== 'C') return null;
  const rest = driveLetter === undefined ? unified : unified.slice(2);
  const base = rest.startsWith('\\') ? [] : currentFolder.split('\\').slice(1);
  return fromParts(collapse([...base, ...rest.split('\\')]));
};

/** The Windows name of a path of the host; what lies outside drive C has none. */
export const toWindowsPath = (hostPath: string): string | null => {
  if (hostPath !== driveRoot && !hostPath.startsWith(`${driveRoot}/`)) return null;
  return fromParts(collapse(hostPath.slice(driveRoot.length).split('/'))).windows;
};

export const parentFolder = (windowsPath: string): string =>
  windowsPath.replace(/\\[^\\]*$/, '').replace(/^C:$/i, 'C:\\');

export const leafName = (windowsPath: string): string => windowsPath.slice(windowsPath.lastIndexOf('\\') + 1);
