import { readdirSync, readFileSync, statSync } from 'node:fs';
import { toWindowsPath } from './windows-path.ts';

/** A process of the host that passes for a Windows program. */
export interface WindowsProcess {
  readonly id: number;
  /** `C:\Windows\System32\cmd.exe`. */
  readonly image: string;
  readonly commandLine: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Bytes of memory in use. */
  readonly workingSet: number;
}

/** Processes of the host that programs may see and end. */
export interface ProcessTable {
  list(): readonly WindowsProcess[];
  /** False when there is none of that number. */
  kill(id: number): boolean;
}

const pageBytes = 4096;

/** A program is a script of its interpreter: `node C:/…/cmd.exe "command line"`. Whatever else runs in the host is not Windows. */
const describe = (id: number): WindowsProcess | null => {
  try {
    const [, program = '', commandLine = ''] = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    const image = toWindowsPath(program);
    if (image === null) return null;
    const pages = Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1] ?? 0);
    return { id, image, commandLine, startedAt: statSync(`/proc/${id}`).ctimeMs, workingSet: pages * pageBytes };
  } catch (error) {
    // It ended meanwhile.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
};

export const hostProcesses: ProcessTable = {
  list: () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => describe(Number(name)))
      .filter((process) => process !== null)
      .sort((a, b) => a.id - b.id),
  kill: (id) => {
    if (describe(id) === null) return false;
    process.kill(id, 'SIGKILL');
    return true;
  },
};

/** `cmd.exe`. */
export const imageName = ({ image }: WindowsProcess): string => image.slice(image.lastIndexOf('\\') + 1);
