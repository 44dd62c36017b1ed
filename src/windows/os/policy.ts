import { readFileSync } from 'node:fs';
import { driveRoot } from '../../model/in-host.ts';

/**
 * The registry's policies, as a `.reg` export: what the persona keeps of the registry until it has one. The name is that of the
 * registry's own file for machine policies.
 */
const file = 'Windows/System32/config/SOFTWARE.reg';

const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging';

const value = (enabled: boolean): string => `[${key}]\n"EnableScriptBlockLogging"=dword:0000000${enabled ? 1 : 0}\n`;

export const scriptBlockLoggingPolicy = { file, enabled: value(true), disabled: value(false) };

/** "Turn on PowerShell Script Block Logging". A host without the policy file has it off, as Windows does. */
export const logsScriptBlocks = (root = driveRoot): boolean => {
  try {
    return /"EnableScriptBlockLogging"=dword:0*1\b/i.test(readFileSync(`${root}/${file}`, 'utf8'));
  } catch {
    return false;
  }
};
