/** Where the records of a table named `<prefix>-<event id>` are found in a real machine's logs. */
export const channels: Readonly<Record<string, string>> = {
  Sysmon: 'Microsoft-Windows-Sysmon/Operational',
  Security: 'Security',
  PowerShell: 'Microsoft-Windows-PowerShell/Operational',
  DnsClient: 'Microsoft-Windows-DNS-Client/Operational',
  TaskScheduler: 'Microsoft-Windows-TaskScheduler/Operational',
};

/** Compared with real recordings. */
export const verified: readonly string[] = [
  'Sysmon-1',
  'Sysmon-3',
  'Sysmon-5',
  'Sysmon-11',
  'Sysmon-12',
  'Sysmon-13',
  'Security-4688',
  'Security-4698',
  'Security-4699',
  'Security-5156',
];

/** No real recording was at hand: held against the schema only. */
export const unverified: readonly string[] = [
  'Sysmon-22',
  'Sysmon-23',
  'Security-4657',
  'Security-4702',
  'PowerShell-4103',
  'PowerShell-4104',
  'DnsClient-3008',
];
