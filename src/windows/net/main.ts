import { driveRoot } from '../../model/in-host.ts';
import { runNet } from '../net1/run-net.ts';
import { thisHost } from '../net1/this-host.ts';
import { commandTail } from '../os/command-line.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { runProgram } from '../os/program.ts';
import { inheritStdio, startProcess } from '../os/start-process.ts';
import { processStdio } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';

/** net.exe. It sees to connections itself, and leaves the rest to net1.exe, with the arguments as they were given. */
void runProgram('net.exe', async (args) => {
  if (/^(use|view)$/i.test(args[0] ?? '')) return runNet(args, thisHost());
  const { finished } = await startProcess({
    program: `${driveRoot}/Windows/System32/net1.exe`,
    commandLine: `C:\\Windows\\system32\\net1 ${commandTail(process.argv[2] ?? 'net.exe').trimStart()}`,
    environment: new WindowsEnvironment(process.env),
    currentFolder: toWindowsPath(process.cwd()) ?? 'C:\\',
    drive: driveRoot,
    stdio: inheritStdio(processStdio),
  });
  const end = await finished;
  return end.kind === 'ended' ? end.exitCode : 1;
});
