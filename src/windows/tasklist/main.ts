import { hostProcesses } from '../os/processes.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { renderTasks } from './list.ts';

/** tasklist.exe. */
void runProgram('tasklist.exe', (args) => {
  writeText(1, renderTasks(args, hostProcesses.list()));
  return Promise.resolve(0);
});
