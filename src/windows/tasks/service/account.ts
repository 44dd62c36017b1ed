import { windowsEnvironment } from '../../environment-block.ts';
import { WindowsEnvironment } from '../../os/environment.ts';
import type { Principal } from '../definition.ts';

/** Accounts that a task may run as without a password; any way to write one. */
const builtIn: Readonly<Record<string, string>> = {
  system: 'SYSTEM',
  'nt authority\\system': 'SYSTEM',
  's-1-5-18': 'SYSTEM',
  'local service': 'LOCAL SERVICE',
  'nt authority\\localservice': 'LOCAL SERVICE',
  's-1-5-19': 'LOCAL SERVICE',
  'network service': 'NETWORK SERVICE',
  'nt authority\\networkservice': 'NETWORK SERVICE',
  's-1-5-20': 'NETWORK SERVICE',
};

export const builtInAccount = (name: string): string | null => builtIn[name.toLowerCase()] ?? null;

/** `NT AUTHORITY\SYSTEM`, or the user of whoever registered the task. A group's task runs as whoever is logged on. */
export const accountOf = ({ userId }: Principal, registrar: string): string => {
  const system = userId === undefined ? null : builtInAccount(userId);
  if (system !== null) return `NT AUTHORITY\\${system}`;
  return userId?.includes('\\') === true ? userId : registrar;
};

const systemProfile = 'C:\\Windows\\system32\\config\\systemprofile';

/** The variables of a process that the service starts as this account. `inherited` are the service's own. */
export const environmentOf = (account: string, inherited: WindowsEnvironment): WindowsEnvironment => {
  const isSystem = account.startsWith('NT AUTHORITY\\');
  const computer = inherited.get('COMPUTERNAME') ?? 'WORKSTATION';
  const environment = new WindowsEnvironment({
    ...inherited.inherited(),
    ...windowsEnvironment(isSystem ? `${computer}\\${computer}$` : account, computer),
  });
  if (isSystem) {
    environment.set('USERPROFILE', systemProfile);
    environment.set('APPDATA', `${systemProfile}\\AppData\\Roaming`);
    environment.set('LOCALAPPDATA', `${systemProfile}\\AppData\\Local`);
    for (const name of ['TEMP', 'TMP']) environment.set(name, 'C:\\Windows\\TEMP');
  }
  return environment;
};
