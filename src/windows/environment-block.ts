import { driveRoot } from '../model/in-host.ts';

/** `LAB\analyst` → `LAB`, `analyst`; a name without domain belongs to the machine. */
const splitUser = (user: string): { readonly domain: string; readonly name: string } => {
  const [domain, name] = user.split('\\');
  return name === undefined ? { domain: computerName, name: user } : { domain: domain ?? computerName, name };
};

const computerName = 'WORKSTATION';

/** The name without its domain: that of the profile's folder. */
export const userName = (user: string): string => splitUser(user).name;

/** A folder of the user's profile, as a path of the host. */
export const toHostFolder = (user: string, folder: string): string =>
  `${driveRoot}/Users/${splitUser(user).name}/${folder}`;

/** Variables that a logged-on user's process starts with. */
export const windowsEnvironment = (user: string, computer = computerName): Readonly<Record<string, string>> => {
  const { domain, name } = splitUser(user);
  const profile = `C:\\Users\\${name}`;
  const system32 = 'C:\\Windows\\System32';
  return {
    ALLUSERSPROFILE: 'C:\\ProgramData',
    APPDATA: `${profile}\\AppData\\Roaming`,
    CommonProgramFiles: 'C:\\Program Files\\Common Files',
    COMPUTERNAME: computer.toUpperCase(),
    ComSpec: `${system32}\\cmd.exe`,
    HOMEDRIVE: 'C:',
    HOMEPATH: `\\Users\\${name}`,
    LOCALAPPDATA: `${profile}\\AppData\\Local`,
    LOGONSERVER: `\\\\${domain}`,
    NUMBER_OF_PROCESSORS: '2',
    OS: 'Windows_NT',
    Path: [
      system32,
      'C:\\Windows',
      `${system32}\\Wbem`,
      `${system32}\\WindowsPowerShell\\v1.0\\`,
      'C:\\Program Files\\Microsoft SDKs\\Azure\\CLI2\\wbin',
      `${profile}\\AppData\\Local\\Microsoft\\WindowsApps`,
    ].join(';'),
    PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
    PROCESSOR_ARCHITECTURE: 'AMD64',
    ProgramData: 'C:\\ProgramData',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    ProgramW6432: 'C:\\Program Files',
    PSModulePath: `${profile}\\Documents\\WindowsPowerShell\\Modules;C:\\Program Files\\WindowsPowerShell\\Modules;${system32}\\WindowsPowerShell\\v1.0\\Modules`,
    PUBLIC: 'C:\\Users\\Public',
    SystemDrive: 'C:',
    SystemRoot: 'C:\\Windows',
    TEMP: `${profile}\\AppData\\Local\\Temp`,
    TMP: `${profile}\\AppData\\Local\\Temp`,
    USERDOMAIN: domain,
    USERNAME: name,
    USERPROFILE: profile,
    windir: 'C:\\Windows',
  };
};
