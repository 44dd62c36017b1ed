import { driveRoot } from '../../model/in-host.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { runProgram } from '../os/program.ts';
import { startProcess, type ProcessEnd } from '../os/start-process.ts';
import { writeText } from '../os/stdio.ts';

/** Services that a host starts with, and the command line of each in the registry of a Windows 10. */
const services = [
  'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule',
  'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s BITS',
];

interface RunningService {
  /** Resolves when the service has said so. */
  readonly ready: Promise<void>;
  readonly ended: Promise<ProcessEnd>;
}

const start = async (commandLine: string, environment: WindowsEnvironment): Promise<RunningService> => {
  const { child, finished } = await startProcess({
    program: `${driveRoot}/Windows/System32/svchost.exe`,
    commandLine,
    environment,
    currentFolder: 'C:\\Windows\\System32',
    drive: driveRoot,
    stdio: ['ignore', 'pipe', 2],
  });
  const ready = new Promise<void>((resolve) => void child.stdout?.once('data', () => resolve()));
  return { ready, ended: finished };
};

/** services.exe, the service control manager: starts the host's services, says when all are ready, and stays for as long as they do. */
void runProgram('services.exe', async () => {
  const environment = new WindowsEnvironment(process.env);
  const running = await Promise.all(services.map((commandLine) => start(commandLine, environment)));
  void Promise.all(running.map(({ ready }) => ready)).then(() => writeText(1, 'ready\n'));
  // A service that ends takes the host's drill with it: who watches must learn of it.
  const end = await Promise.race(running.map(({ ended }) => ended));
  return end.kind === 'ended' ? end.exitCode : 1;
});
