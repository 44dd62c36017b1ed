import { loggingSettings, type LoggingPolicy } from '../os/policy.ts';
import { makeKey, partsOf, setValue } from './hive.ts';
import { hiveRoot, type HiveName } from './path.ts';
import { readHive, renderHive } from './reg-text.ts';

const machine = 'HKEY_LOCAL_MACHINE';
const current = `${machine}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion`;
const control = `${machine}\\SYSTEM\\CurrentControlSet\\Control`;

/** What tests read or change, as a Windows 10 22H2 that nobody configured has it; far from all that such a machine has. */
const software = `
[${machine}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]
"ProductName"="Windows 10 Enterprise"
"EditionID"="Enterprise"
"DisplayVersion"="22H2"
"CurrentVersion"="6.3"
"CurrentBuild"="19045"
"CurrentBuildNumber"="19045"
"UBR"=dword:0000119d
"SystemRoot"="C:\\\\Windows"
[${machine}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options]
[${machine}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree]
[${machine}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon]
"AutoRestartShell"=dword:00000001
"Shell"="explorer.exe"
"Userinit"="C:\\\\Windows\\\\system32\\\\userinit.exe,"
[${current}]
"ProgramFilesDir"="C:\\\\Program Files"
"CommonFilesDir"="C:\\\\Program Files\\\\Common Files"
[${current}\\Explorer\\Shell Folders]
"Common Startup"="C:\\\\ProgramData\\\\Microsoft\\\\Windows\\\\Start Menu\\\\Programs\\\\Startup"
[${current}\\Policies\\Explorer]
[${current}\\Policies\\System]
"ConsentPromptBehaviorAdmin"=dword:00000005
"ConsentPromptBehaviorUser"=dword:00000003
"EnableLUA"=dword:00000001
"PromptOnSecureDesktop"=dword:00000001
[${current}\\Run]
[${current}\\RunOnce]
[${current}\\Uninstall]
[${machine}\\SOFTWARE\\Microsoft\\Windows Defender]
[${machine}\\SOFTWARE\\Policies\\Microsoft\\Windows]
[${machine}\\SOFTWARE\\Policies\\Microsoft\\Windows Defender]
[${machine}\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Run]
`;

const system = `
[${control}\\Lsa]
"LimitBlankPasswordUse"=dword:00000001
"Security Packages"=hex(7):22,00,22,00,00,00,00,00
[${control}\\SecurityProviders\\WDigest]
[${control}\\Session Manager]
[${control}\\Terminal Server]
"fDenyTSConnections"=dword:00000001
[${control}\\Terminal Server\\WinStations\\RDP-Tcp]
"PortNumber"=dword:00000d3d
"UserAuthentication"=dword:00000001
[${machine}\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters]
[${machine}\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]
`;

const user = `
[HKEY_CURRENT_USER\\Control Panel\\Desktop]
"ScreenSaveActive"="1"
[HKEY_CURRENT_USER\\Environment]
[HKEY_CURRENT_USER\\Software\\Classes]
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\Advanced]
"Hidden"=dword:00000002
"HideFileExt"=dword:00000001
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies]
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce]
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon]
[HKEY_CURRENT_USER\\Software\\Policies\\Microsoft]
`;

/** The hives that a host is born with, as their files' text. */
export const initialHives = (logs: LoggingPolicy): (readonly [HiveName, string])[] => {
  const hive = (name: HiveName, text: string): ReturnType<typeof readHive> => readHive(text, hiveRoot(name));
  const machineSoftware = hive('SOFTWARE', software);
  for (const name of ['scriptBlocks', 'modules', 'dnsQueries'] as const) {
    if (!logs[name]) continue;
    const setting = loggingSettings[name];
    const { key } = makeKey(machineSoftware, partsOf(setting.key));
    setValue(key, setting.name, { type: 'REG_DWORD', data: 1 });
    if (name === 'modules') setValue(makeKey(key, ['ModuleNames']).key, '*', { type: 'REG_SZ', data: '*' });
  }
  return [
    ['SOFTWARE', renderHive(machineSoftware)],
    ['SYSTEM', renderHive(hive('SYSTEM', system))],
    ['user', renderHive(hive('user', user))],
  ];
};
