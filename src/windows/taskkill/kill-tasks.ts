import { NotImplemented } from '../os/not-implemented.ts';
import { imageName, type ProcessTable, type WindowsProcess } from '../os/processes.ts';

export interface KillHost {
  readonly processes: ProcessTable;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** `taskkill`. Processes here have no windows that could be asked to close: without `/f` they are ended as with it. */
export const killTasks = (args: readonly string[], { processes, out, error }: KillHost): number => {
  const images: string[] = [];
  const ids: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const option = (args[index] ?? '').toLowerCase().replace(/^-/, '/');
    if (option === '/im') images.push(args[++index] ?? '');
    else if (option === '/pid') ids.push(args[++index] ?? '');
    else if (option !== '/f' && option !== '/t') throw new NotImplemented(`taskkill ${option}`);
  }
  if (images.length + ids.length === 0) {
    error('ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\r\nType "TASKKILL /?" for usage.\r\n');
    return 1;
  }
  let code = 0;
  const end = (found: readonly WindowsProcess[], wanted: string): void => {
    if (found.length === 0) {
      error(`ERROR: The process "${wanted}" not found.\r\n`);
      code = 128;
    }
    for (const process of found) {
      processes.kill(process.id);
      const what =
        images.length > 0
          ? `the process "${imageName(process)}" with PID ${process.id}`
          : `the process with PID ${process.id}`;
      out(`SUCCESS: ${what.charAt(0).toUpperCase()}${what.slice(1)} has been terminated.\r\n`);
    }
  };
  const all = processes.list();
  for (const image of images) {
    const name = image.toLowerCase();
    const isMatch = (process: WindowsProcess): boolean =>
      name.endsWith('*')
        ? imageName(process).toLowerCase().startsWith(name.slice(0, -1))
        : imageName(process).toLowerCase() === name;
    end(all.filter(isMatch), image);
  }
  for (const id of ids)
    end(
      all.filter((process) => String(process.id) === id),
      id,
    );
  return code;
};
