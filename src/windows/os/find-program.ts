import { statSync } from 'node:fs';
import type { WindowsEnvironment } from './environment.ts';
import { findPath } from './find-file.ts';
import type { WindowsPath } from './windows-path.ts';

/** PATHEXT where it is not set. */
export const defaultExtensions = '.COM;.EXE;.BAT;.CMD';

export interface ProgramSearch {
  readonly environment: WindowsEnvironment;
  readonly currentFolder: string;
  /** cmd.exe looks into the current folder first; PowerShell never does. */
  readonly currentFolderFirst: boolean;
  /** The host's folder that holds drive C. */
  readonly drive: string;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Extensions in the order of PATHEXT; the name as given comes first only where it has one. */
const candidates = (name: string, pathExtensions: string): string[] => {
  const extensions = pathExtensions.split(';').filter(Boolean);
  const withExtension = extensions.map((extension) => `${name}${extension}`);
  return /\.[^\\/.]+$/.test(name) ? [name, ...withExtension] : withExtension;
};

/** Finds the file that a command name starts, by PATH and PATHEXT; null when there is none. */
export const findProgram = (name: string, search: ProgramSearch): WindowsPath | null => {
  const { environment, currentFolder, drive } = search;
  const hasFolder = /[\\/:]/.test(name);
  const onPath = (environment.get('PATH') ?? '').split(';').filter(Boolean);
  const folders = hasFolder ? [currentFolder] : search.currentFolderFirst ? [currentFolder, ...onPath] : onPath;
  for (const folder of folders) {
    for (const candidate of candidates(name, environment.get('PATHEXT') ?? defaultExtensions)) {
      const path = findPath(hasFolder ? candidate : `${folder}\\${candidate}`, currentFolder, drive);
      if (path !== null && isFile(path.host)) return path;
    }
  }
  return null;
};
