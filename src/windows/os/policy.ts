import { driveRoot } from '../../model/in-host.ts';
import type { sensorProfiles } from '../../model/topology.ts';
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

const all: LoggingPolicy = { scriptBlocks: true, modules: true, dnsQueries: true };
const nothing: LoggingPolicy = { scriptBlocks: false, modules: false, dnsQueries: false };

/**
 * What hosts log by the topology's profile. Of a host that nobody configured, real Windows also writes 4104 for text that it finds
 * suspicious; what that is is its own list, and it is not here.
 */
export const loggingOf: Readonly<Record<(typeof sensorProfiles)[number], LoggingPolicy>> = {
  lab: all,
  'sysmon-established': all,
  'mde-dedup': all,
  'mde-aggregated': all,
  'windows-default': nothing,
  production: nothing,
};

/** A host without a hive, or without the keys in it, logs nothing, as Windows does. */
export const loggingPolicyOf = (software: Key): LoggingPolicy => ({
  scriptBlocks: isOn(loggingSettings.scriptBlocks, software),
  modules: isOn(loggingSettings.modules, software),
  dnsQueries: isOn(loggingSettings.dnsQueries, software),
});

export const readLoggingPolicy = (drive = driveRoot): LoggingPolicy => loggingPolicyOf(loadSoftware(drive));
