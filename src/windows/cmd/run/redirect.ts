import { closeSync, openSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import { isNullDevice } from '../../os/windows-path.ts';
import type { Redirection } from '../syntax/ast.ts';
import { unquote } from '../syntax/words.ts';
import { expandLoops } from './variables.ts';
import type { Shell } from './shell.ts';

export type Redirected =
  { readonly ok: true; readonly stdio: Stdio; readonly close: () => void } | { readonly ok: false };

const keys = ['input', 'output', 'error'] as const;

const openFile = (path: string, flags: string, shell: Shell): number | null => {
  if (isNullDevice(path)) return openSync('/dev/null', flags === 'r' ? 'r' : 'w');
  const file = findPath(path, shell.folder, shell.drive);
  if (file === null) return null;
  try {
    return openSync(file.host, flags);
  } catch {
    return null;
  }
};

/** Opens what a command's redirections name. When one cannot be opened, the command does not run. */
export const redirect = (redirections: readonly Redirection[], stdio: Stdio, shell: Shell): Redirected => {
  const opened: number[] = [];
  let current = stdio;
  const close = (): void => opened.forEach((descriptor) => closeSync(descriptor));
  for (const { descriptor, target } of redirections) {
    if (target.kind === 'same') {
      current = { ...current, [keys[descriptor]]: current[keys[target.descriptor]] };
      continue;
    }
    const path = unquote(expandLoops(target.path, shell));
    const file = openFile(path, target.kind === 'read' ? 'r' : target.append ? 'a' : 'w', shell);
    if (file === null) {
      close();
      writeText(
        stdio.error,
        target.kind === 'read'
          ? 'The system cannot find the file specified.\r\n'
          : 'The system cannot find the path specified.\r\n',
      );
      return { ok: false };
    }
    opened.push(file);
    current = { ...current, [keys[descriptor]]: file };
  }
  return { ok: true, stdio: current, close };
};
