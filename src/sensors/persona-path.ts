import { driveRoot } from '../model/in-host.ts';
import type { Persona } from '../model/persona.ts';

/** Whether a Linux path of a Windows host lies on its drive. */
export const isOnDrive = (path: string, persona: Persona): boolean => persona === 'windows' && isBelow(path, driveRoot);

/** The path as the persona's platform writes it. What a Windows host keeps outside its drive stays a Linux path. */
export const personaPath = (path: string, persona: Persona): string => {
  if (!isOnDrive(path, persona)) return path;
  const windows = path.slice(1).replaceAll('/', '\\');
  return windows.length === 2 ? `${windows}\\` : windows;
};

const lastSlash = (path: string): number =>
  Math.max(path.lastIndexOf('/'), path.startsWith('/') ? -1 : path.lastIndexOf('\\'));

/** Last part of a path in either form. */
export const baseName = (path: string): string => path.slice(lastSlash(path) + 1);

/** All before the last part; a root keeps its slash. */
export const directoryName = (path: string): string => {
  const slash = lastSlash(path);
  const directory = path.slice(0, slash);
  return directory === '' || directory.endsWith(':') ? path.slice(0, slash + 1) : directory;
};

/** Whether `path` is `folder` or lies below it. */
export const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
