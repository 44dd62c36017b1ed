import { driveRoot, hostNode, hostPrograms, registryFile } from '../model/in-host.ts';
import { toHostFolder, userName } from './environment-block.ts';
import { loggingOf, type LoggingPolicy } from './os/policy.ts';
import type { PlayedProgram } from './poll/polling.ts';
import { initialHives } from './registry/initial.ts';

export { loggingOf } from './os/policy.ts';
export { windowsEnvironment } from './environment-block.ts';
export {
  windowsCommand,
  windowsProgram,
  windowsServices,
  windowsShell,
  type WindowsInvocation,
} from './start-command.ts';

/** A file that a Windows host is born with. */
export interface DriveFile {
  /** Absolute, in the host. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** Where its installer puts the Azure CLI, a program of Python's own interpreter. */
const azureCli = 'Program Files/Microsoft SDKs/Azure/CLI2';

/** What `az` is on Windows: a batch file that starts the interpreter. */
const azBatch = '@set AZ_INSTALLER=MSI\r\n@"%~dp0..\\python.exe" -IBm azure.cli %*\r\n';

/** Programs of drive C, and the built program of `src/windows` behind each. */
export const windowsPrograms: Readonly<Record<string, string>> = {
  [`${azureCli}/python.exe`]: 'az',
  'Windows/System32/bitsadmin.exe': 'bitsadmin',
  'Windows/System32/certutil.exe': 'certutil',
  'Windows/System32/choice.exe': 'choice',
  'Windows/System32/cmd.exe': 'cmd',
  'Windows/System32/curl.exe': 'curl',
  'Windows/System32/findstr.exe': 'findstr',
  'Windows/System32/hostname.exe': 'hostname',
  'Windows/System32/ipconfig.exe': 'ipconfig',
  'Windows/System32/net.exe': 'net',
  'Windows/System32/net1.exe': 'net1',
  'Windows/System32/nslookup.exe': 'nslookup',
  'Windows/System32/ping.exe': 'ping',
  'Windows/System32/reg.exe': 'reg',
  'Windows/System32/schtasks.exe': 'schtasks',
  'Windows/System32/services.exe': 'services',
  'Windows/System32/svchost.exe': 'svchost',
  'Windows/System32/taskkill.exe': 'taskkill',
  'Windows/System32/tasklist.exe': 'tasklist',
  'Windows/System32/timeout.exe': 'timeout',
  'Windows/System32/where.exe': 'where',
  'Windows/System32/whoami.exe': 'whoami',
  'Windows/System32/WindowsPowerShell/v1.0/powershell.exe': 'powershell',
};

/**
 * The kernel starts the interpreter, which reads the file as a script: its tracer sees an execve of the Windows name with the whole
 * command line. `require` and not `import()`, which takes 5 ms longer.
 */
const launcher = (program: string): string => `#!${hostNode}\nrequire('${hostPrograms}/windows/${program}.mjs');\n`;

/** Explorer keeps such a file in many folders; here it also makes folders that nothing else would. */
const desktopIni = '\r\n[.ShellClassInfo]\r\n';

/** Where the Task Scheduler keeps its files; below here are Windows' own, of which the persona has none. */
const tasksFolder = 'Windows/System32/Tasks/Microsoft/Windows';

const folders = (user: string): string[] => [
  ...['Program Files', 'Program Files (x86)', 'ProgramData', 'Users/Public', 'Windows/Temp', tasksFolder].map(
    (name) => `${driveRoot}/${name}`,
  ),
  ...['AppData/Local/Temp', 'AppData/LocalLow/Microsoft', 'AppData/Roaming', 'Desktop', 'Documents', 'Downloads'].map(
    (name) => toHostFolder(user, name),
  ),
];

/** A product's program, played by a client of ours that reads here what it does. */
const playedProgram = ({ file, does }: PlayedProgram): DriveFile => ({
  path: `/${file.replaceAll('\\', '/')}`,
  content: launcher('poll').replace('\n', `\nglobalThis.polling=${JSON.stringify(does)};`),
  mode: 0o755,
});

/** Drive C of a host whose user is `user` (`LAB\\analyst`), which logs what `logs` says and has the programs `played` beside Windows' own. */
export const windowsDrive = (
  user: string,
  logs: LoggingPolicy = loggingOf.lab,
  played: readonly PlayedProgram[] = [],
): DriveFile[] => [
  ...folders(user).map((folder) => ({ path: `${folder}/desktop.ini`, content: desktopIni, mode: 0o644 })),
  ...Object.entries(windowsPrograms).map(([path, program]) => ({
    path: `${driveRoot}/${path}`,
    content: launcher(program),
    mode: 0o755,
  })),
  ...played.map(playedProgram),
  { path: `${driveRoot}/${azureCli}/wbin/az.cmd`, content: azBatch, mode: 0o644 },
  ...initialHives(logs).map(([hive, content]) => ({
    path: registryFile(hive, driveRoot, userName(user)),
    content,
    mode: 0o644,
  })),
];
