import { itemsOf } from '../interpret/interpreter.ts';
import type { SigmaRule } from '../rule/rule.ts';

interface SigmaTable {
  readonly table: string;
  /** Sigma's field → the table's column, where they differ. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Whose it is, where it is not about a host: its records come from whatever host the service runs on. */
  readonly product?: string;
}

const sysmon = (id: number): SigmaTable => ({ table: `Sysmon-${id}` });

const sysmonLinux = (id: number): SigmaTable => ({ table: `SysmonLinux-${id}` });

/** Our tables that hold what a category is about, best first. */
const byCategory: Readonly<Record<string, readonly SigmaTable[]>> = {
  process_creation: [
    sysmon(1),
    sysmonLinux(1),
    {
      table: 'Security-4688',
      columns: {
        Image: 'NewProcessName',
        ParentImage: 'ParentProcessName',
        ProcessId: 'NewProcessId',
        ParentProcessId: 'ProcessId',
        User: 'SubjectUserName',
        LogonId: 'SubjectLogonId',
        IntegrityLevel: 'MandatoryLabel',
      },
    },
    {
      table: 'DeviceProcessEvents',
      columns: {
        Image: 'FolderPath',
        CommandLine: 'ProcessCommandLine',
        ProcessId: 'ProcessId',
        User: 'AccountName',
        ParentImage: 'InitiatingProcessFolderPath',
        ParentCommandLine: 'InitiatingProcessCommandLine',
        ParentProcessId: 'InitiatingProcessId',
        OriginalFileName: 'ProcessVersionInfoOriginalFileName',
        IntegrityLevel: 'ProcessIntegrityLevel',
      },
    },
  ],
  network_connection: [
    sysmon(3),
    sysmonLinux(3),
    {
      table: 'DeviceNetworkEvents',
      columns: {
        Image: 'InitiatingProcessFolderPath',
        CommandLine: 'InitiatingProcessCommandLine',
        DestinationIp: 'RemoteIP',
        DestinationPort: 'RemotePort',
        DestinationHostname: 'RemoteUrl',
        SourceIp: 'LocalIP',
        SourcePort: 'LocalPort',
      },
    },
  ],
  process_termination: [sysmon(5), sysmonLinux(5)],
  file_event: [
    sysmon(11),
    sysmonLinux(11),
    {
      table: 'DeviceFileEvents',
      columns: { Image: 'InitiatingProcessFolderPath', TargetFilename: 'FolderPath' },
    },
  ],
  file_delete: [sysmon(23), sysmonLinux(23)],
  registry_set: [sysmon(13)],
  registry_delete: [sysmon(12)],
  registry_add: [sysmon(12)],
  dns_query: [sysmon(22)],
  ps_script: [{ table: 'PowerShell-4104' }],
  ps_module: [{ table: 'PowerShell-4103' }],
};

const byService: Readonly<Record<string, readonly SigmaTable[]>> = {
  auditd: [{ table: 'auditd', columns: { SYSCALL: 'syscall' } }],
  syslog: [{ table: 'Syslog' }],
  auth: [{ table: 'Syslog' }],
  cron: [{ table: 'Syslog' }],
  sshd: [{ table: 'Syslog' }],
  sudo: [{ table: 'Syslog' }],
  security: [{ table: 'Security-4688' }],
  powershell: [{ table: 'PowerShell-4104' }],
  'dns-client': [{ table: 'DnsClient-3008' }],
  signinlogs: [
    {
      ...{ table: 'SigninLogs', product: 'azure' },
      columns: { userAgent: 'UserAgent', conditionalAccessStatus: 'ConditionalAccessStatus' },
    },
  ],
  auditlogs: [
    {
      ...{ table: 'AuditLogs', product: 'azure' },
      columns: { category: 'Category', 'properties.message': 'OperationName', 'properties.result': 'Result' },
    },
  ],
  activitylogs: [
    {
      ...{ table: 'AzureActivity', product: 'azure' },
      columns: { operationName: 'OperationNameValue', 'properties.message': 'OperationNameValue' },
    },
  ],
};

/** Where a rule's events may be, best first. Windows' Security log has a table for each event id, and a rule for one of them says which. */
export const tablesFor = ({ logsource: { category, service }, selections }: SigmaRule): readonly SigmaTable[] => {
  if (category !== null) return byCategory[category] ?? [];
  const [id, another] = service === 'security' ? eventIds(selections) : [];
  if (id !== undefined && another === undefined) return [{ table: `Security-${id}` }];
  return service === null ? [] : (byService[service] ?? []);
};

const eventIds = (selections: SigmaRule['selections']): readonly number[] => [
  ...new Set(
    selections
      .flatMap(({ search }) => itemsOf(search))
      .filter(({ field, negated }) => field === 'EventID' && !negated)
      .flatMap(({ matchers }) => matchers.flatMap((one) => (one.kind === 'number' ? [one.value] : []))),
  ),
];

export type { SigmaTable };
