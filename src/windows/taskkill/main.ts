import { hostProcesses } from '../os/processes.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { killTasks } from './kill-tasks.ts';

/** taskkill.exe. */
void runProgram('taskkill.exe', (args) =>
  Promise.resolve(
    killTasks(args, {
      processes: hostProcesses,
      out: (text) => writeText(1, text),
      error: (text) => writeText(2, text),
    }),
  ),
);
