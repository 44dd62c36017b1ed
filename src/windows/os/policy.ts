import { readFileSync } from 'node:fs';
import { driveRoot } from '../../model/in-host.ts';

/**
 * The registry's settings of what Windows logs, as a `.reg` export: what the persona keeps of the registry until it has one. The
 * name is that of the registry's own file for the machine's software.
 */
const file = 'Windows/System32/config/SOFTWARE.reg';

interface Setting {
  readonly key: string;
  readonly name: string;
}

const scriptBlocks: Setting = {
  key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging',
  name: 'EnableScriptBlockLogging',
};

const dnsQueries: Setting = {
  key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-DNS-Client/Operational',
  name: 'Enabled',
};

const lines = ({ key, name }: Setting, value: 0 | 1): string => `[${key}]\n"${name}"=dword:0000000${value}\n`;

/** What a host of the lab logs. Both are off on a Windows that nobody configured. */
export const loggingPolicy = {
  file,
  everything: [scriptBlocks, dnsQueries].map((setting) => lines(setting, 1)).join('\n'),
  nothing: [scriptBlocks, dnsQueries].map((setting) => lines(setting, 0)).join('\n'),
};

/** A host without the file, or without the key in it, logs nothing, as Windows does. */
const isOn = ({ key, name }: Setting, root: string): boolean => {
  let text: string;
  try {
    text = readFileSync(`${root}/${file}`, 'utf8');
  } catch {
    return false;
  }
  const section = text.split(/^(?=\[)/m).find((part) => part.toLowerCase().startsWith(`[${key.toLowerCase()}]`)) ?? '';
  return new RegExp(`^"${name}"=dword:0*1\\s*$`, 'im').test(section);
};

/** "Turn on PowerShell Script Block Logging". */
export const logsScriptBlocks = (root = driveRoot): boolean => isOn(scriptBlocks, root);

/** Is the DNS client's operational log enabled? */
export const logsDnsQueries = (root = driveRoot): boolean => isOn(dnsQueries, root);
