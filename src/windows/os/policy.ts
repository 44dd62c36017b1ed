import { driveRoot } from '../../model/in-host.ts';
import type { Key } from '../registry/hive.ts';
import { isOn, loadSoftware, type Setting } from '../registry/settings.ts';

/** What Windows logs of itself where somebody asked for it; all of it is off on a Windows that nobody configured. */
export interface LoggingPolicy {
  readonly scriptBlocks: boolean;
  readonly modules: boolean;
  readonly dnsQueries: boolean;
}

const policies = 'Policies\\Microsoft\\Windows\\PowerShell';

export const loggingSettings: Readonly<Record<keyof LoggingPolicy, Setting>> = {
  /** "Turn on PowerShell Script Block Logging". */
  scriptBlocks: { key: `${policies}\\ScriptBlockLogging`, name: 'EnableScriptBlockLogging' },
  /** "Turn on Module Logging", for the modules that ModuleNames names: `*` here. */
  modules: { key: `${policies}\\ModuleLogging`, name: 'EnableModuleLogging' },
  /** The DNS client's operational log. */
  dnsQueries: {
    key: 'Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-DNS-Client/Operational',
    name: 'Enabled',
  },
};

/** A host without a hive, or without the keys in it, logs nothing, as Windows does. */
export const loggingPolicyOf = (software: Key): LoggingPolicy => ({
  scriptBlocks: isOn(loggingSettings.scriptBlocks, software),
  modules: isOn(loggingSettings.modules, software),
  dnsQueries: isOn(loggingSettings.dnsQueries, software),
});

export const readLoggingPolicy = (drive = driveRoot): LoggingPolicy => loggingPolicyOf(loadSoftware(drive));
