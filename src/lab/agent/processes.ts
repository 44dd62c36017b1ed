import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Nothing of it is left but its exit code. */
  readonly zombie: boolean;
}

/** Every process of the host, as proc(5) has it; one that ends meanwhile is left out. */
export const listProcesses = (): readonly ProcessEntry[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);

const readProcess = (pid: number): ProcessEntry | null => {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The name in parentheses may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 4) return null;
  const [state, parent, group, session] = fields;
  // A first thread that has ended is a zombie until the others have too; its files stay open as long.
  const zombie = state === 'Z' && Number(fields[17]) <= 1;
  return { pid, parent: Number(parent), group: Number(group), session: Number(session), zombie };
};

export const hasEnvironmentEntry = (pid: number, entry: string): boolean =>
  readOrEmpty(`/proc/${pid}/environ`).split('\0').includes(entry);

/** Program and arguments, separated by blanks; the short name in brackets where there are none. */
export const commandLineOf = (pid: number): string => {
  const line = readOrEmpty(`/proc/${pid}/cmdline`).replace(/\0+$/, '').replaceAll('\0', ' ');
  return line === '' ? `[${readOrEmpty(`/proc/${pid}/comm`).trim()}]` : line;
};

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};
