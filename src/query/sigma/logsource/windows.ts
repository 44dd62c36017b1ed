import type { LogSource } from '../../../model/log-event.ts';

const sysmon = 'microsoft-windows-sysmon/operational';
const linuxSysmon = 'linux-sysmon/operational';

/** Sysmon's event ids by Sigma category, for Windows and for Linux. */
const sysmonCategories: Readonly<Record<string, readonly number[]>> = {
  process_creation: [1],
  file_change: [2],
  network_connection: [3],
  sysmon_status: [4, 16],
  process_termination: [5],
  driver_load: [6],
  image_load: [7],
  create_remote_thread: [8],
  raw_access_thread: [9],
  process_access: [10],
  file_event: [11],
  registry_event: [12, 13, 14],
  registry_add: [12],
  registry_delete: [12],
  registry_set: [13],
  registry_rename: [14],
  create_stream_hash: [15],
  pipe_created: [17, 18],
  wmi_event: [19, 20, 21],
  dns_query: [22],
  file_delete: [23, 26],
  clipboard_capture: [24],
  process_tampering: [25],
  file_delete_detected: [26],
  file_block_executable: [27],
  file_block_shredding: [28],
  file_executable_detected: [29],
  sysmon_error: [255],
};

const powershell = ['microsoft-windows-powershell/operational', 'powershellcore/operational'];

/** Categories that other channels fill: category, channels, event id. */
const otherCategories: readonly (readonly [string, readonly string[], number])[] = [
  ['ps_module', powershell, 4103],
  ['ps_script', powershell, 4104],
  ['ps_classic_start', ['windows powershell'], 400],
  ['ps_classic_provider_start', ['windows powershell'], 600],
  ['ps_classic_script', ['windows powershell'], 800],
  ['process_creation', ['security'], 4688],
  // Whether a value was set or deleted its record says, not its id.
  ['registry_event', ['security'], 4657],
];

/** Channels of Sigma's Windows services, in lower case. */
const serviceChannels: Readonly<Record<string, readonly string[]>> = {
  application: ['application'],
  'application-experience': [
    'microsoft-windows-application-experience/program-telemetry',
    'microsoft-windows-application-experience/program-compatibility-assistant',
  ],
  applocker: [
    'microsoft-windows-applocker/msi and script',
    'microsoft-windows-applocker/exe and dll',
    'microsoft-windows-applocker/packaged app-deployment',
    'microsoft-windows-applocker/packaged app-execution',
  ],
  'appmodel-runtime': ['microsoft-windows-appmodel-runtime/admin'],
  'appxdeployment-server': ['microsoft-windows-appxdeploymentserver/operational'],
  'appxpackaging-om': ['microsoft-windows-appxpackaging/operational'],
  bitlocker: ['microsoft-windows-bitlocker/bitlocker management'],
  'bits-client': ['microsoft-windows-bits-client/operational'],
  capi2: ['microsoft-windows-capi2/operational'],
  'certificateservicesclient-lifecycle-system': [
    'microsoft-windows-certificateservicesclient-lifecycle-system/operational',
  ],
  'codeintegrity-operational': ['microsoft-windows-codeintegrity/operational'],
  dhcp: ['microsoft-windows-dhcp-server/operational'],
  'diagnosis-scripted': ['microsoft-windows-diagnosis-scripted/operational'],
  'dns-client': ['microsoft-windows-dns client events/operational'],
  'dns-server': ['dns server'],
  'dns-server-analytic': ['microsoft-windows-dns-server/analytical'],
  'dns-server-audit': ['microsoft-windows-dns-server/audit'],
  'driver-framework': ['microsoft-windows-driverframeworks-usermode/operational'],
  'firewall-as': ['microsoft-windows-windows firewall with advanced security/firewall'],
  'hyper-v-worker': ['microsoft-windows-hyper-v-worker'],
  'iis-configuration': ['microsoft-iis-configuration/operational'],
  'kernel-event-tracing': ['microsoft-windows-kernel-eventtracing'],
  'kernel-shimengine': [
    'microsoft-windows-kernel-shimengine/operational',
    'microsoft-windows-kernel-shimengine/diagnostic',
  ],
  ldap: ['microsoft-windows-ldap-client/debug'],
  'lsa-server': ['microsoft-windows-lsa/operational'],
  'msexchange-management': ['msexchange management'],
  ntfs: ['microsoft-windows-ntfs/operational'],
  ntlm: ['microsoft-windows-ntlm/operational'],
  openssh: ['openssh/operational'],
  powershell,
  'powershell-classic': ['windows powershell'],
  'printservice-admin': ['microsoft-windows-printservice/admin'],
  'printservice-operational': ['microsoft-windows-printservice/operational'],
  security: ['security'],
  'security-mitigations': [
    'microsoft-windows-security-mitigations/kernel mode',
    'microsoft-windows-security-mitigations/user mode',
  ],
  sense: ['microsoft-windows-sense/operational'],
  'servicebus-client': ['microsoft-servicebus-client/operational', 'microsoft-servicebus-client/admin'],
  'microsoft-servicebus-client': ['microsoft-servicebus-client/operational', 'microsoft-servicebus-client/admin'],
  'shell-core': ['microsoft-windows-shell-core/operational'],
  'smbclient-connectivity': ['microsoft-windows-smbclient/connectivity'],
  'smbclient-security': ['microsoft-windows-smbclient/security'],
  'smbserver-connectivity': ['microsoft-windows-smbserver/connectivity'],
  sysmon: [sysmon],
  system: ['system'],
  taskscheduler: ['microsoft-windows-taskscheduler/operational'],
  'terminalservices-localsessionmanager': ['microsoft-windows-terminalservices-localsessionmanager/operational'],
  vhdmp: ['microsoft-windows-vhdmp/operational'],
  windefend: ['microsoft-windows-windows defender/operational'],
  wmi: ['microsoft-windows-wmi-activity/operational'],
};

/** Sigma's categories that a record's channel and event id stand for. */
export const categoriesOf = ({ channel, eventId }: LogSource): ReadonlySet<string> => {
  const name = channel?.toLowerCase();
  if (name === undefined || eventId === null) return new Set();
  if (name === sysmon || name === linuxSysmon)
    return new Set(Object.keys(sysmonCategories).filter((category) => sysmonCategories[category]?.includes(eventId)));
  return new Set(
    otherCategories.flatMap(([category, channels, id]) =>
      id === eventId && channels.includes(name) ? [category] : [],
    ),
  );
};

/** Sigma's services that a record's channel stands for. */
export const servicesOf = ({ channel }: LogSource): ReadonlySet<string> => {
  const name = channel?.toLowerCase();
  if (name === undefined) return new Set();
  if (name === linuxSysmon) return new Set(['sysmon']);
  return new Set(Object.keys(serviceChannels).filter((service) => serviceChannels[service]?.includes(name)));
};

/** Sigma's names → the record's own, where a category's rules meet records that Sysmon did not write. */
export const fieldNamesOf = ({ channel, eventId }: LogSource): ReadonlyMap<string, string> | null =>
  channel?.toLowerCase() === 'security' && eventId === 4688 ? processCreation4688 : null;

const processCreation4688: ReadonlyMap<string, string> = new Map([
  ['Image', 'NewProcessName'],
  ['ParentImage', 'ParentProcessName'],
  ['ProcessId', 'NewProcessId'],
  ['ParentProcessId', 'ProcessId'],
  ['User', 'SubjectUserName'],
  ['LogonId', 'SubjectLogonId'],
  ['IntegrityLevel', 'MandatoryLabel'],
]);

export const windowsCategories: ReadonlySet<string> = new Set([
  ...Object.keys(sysmonCategories),
  ...otherCategories.map(([category]) => category),
]);

export const windowsServices: ReadonlySet<string> = new Set(Object.keys(serviceChannels));
