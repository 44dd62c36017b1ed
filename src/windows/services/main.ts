import { driveRoot } from '../../model/in-host.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { runProgram } from '../os/program.ts';
import { startProcess } from '../os/start-process.ts';

/** Services that a host starts with, and the command line of each in the registry of a Windows 10. */
const services = ['C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule'];

/**
 * services.exe, the service control manager: starts the host's services and stays for as long as they do. Its standard output is
 * theirs, so that each says there when it is ready.
 */
void runProgram('services.exe', async () => {
  const environment = new WindowsEnvironment(process.env);
  const ends = services.map(async (commandLine) => {
    const { finished } = await startProcess({
      program: `${driveRoot}/Windows/System32/svchost.exe`,
      commandLine,
      environment,
      currentFolder: 'C:\\Windows\\System32',
      drive: driveRoot,
      stdio: ['ignore', 1, 2],
    });
    const end = await finished;
    return end.kind === 'ended' ? end.exitCode : 1;
  });
  // A service that ends takes the host's drill with it: who watches must learn of it.
  return await Promise.race(ends);
});
