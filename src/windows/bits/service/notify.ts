import { markerVariable } from '../../../model/in-host.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import type { ServiceEventLog } from '../../os/event-log.ts';
import { findProgram } from '../../os/find-program.ts';
import { environmentOf } from '../../tasks/service/account.ts';
import { startInstance } from '../../tasks/service/instance.ts';
import type { Job } from './job.ts';

export interface NotifierParts {
  readonly drive: string;
  /** The service's own. */
  readonly environment: WindowsEnvironment;
  readonly eventLog: ServiceEventLog;
}

const folder = 'C:\\Windows\\System32';

/** Starts the program that a job names for its end, once, as the job's owner and as a child of the service. */
export const createNotifier =
  ({ drive, environment: own, eventLog }: NotifierParts) =>
  async ({ notify, owner, errand }: Job): Promise<void> => {
    if (notify === null) return;
    const environment = environmentOf(owner, own);
    environment.set(markerVariable, errand.caller.marker ?? '');
    const program = findProgram(notify.program, {
      environment,
      currentFolder: folder,
      currentFolderFirst: false,
      drive,
    });
    if (program === null) return;
    const commandLine = notify.parameters ?? notify.program;
    const { host, windows } = program;
    const instance = startInstance({ program: host, path: windows, commandLine, folder }, environment, drive);
    if (instance !== null) await eventLog.handOver({ request: errand.request, started: instance.pid, user: owner });
  };
