import type { LogEvent, LogSource, LogValue } from '../../src/model/log-event.ts';
import type { Random } from './random.ts';

const source = (channel: string, eventId: number): LogSource => ({
  product: 'windows',
  service: null,
  category: null,
  channel,
  provider: null,
  eventId,
});

const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const sources = {
  process: source(sysmon, 1),
  network: source(sysmon, 3),
  image: source(sysmon, 7),
  access: source(sysmon, 10),
  file: source(sysmon, 11),
  registry: source(sysmon, 13),
  dns: source(sysmon, 22),
  script: source('Microsoft-Windows-PowerShell/Operational', 4104),
  logon: source('Security', 4624),
  object: source('Security', 4663),
};

const programs = [
  'svchost',
  'chrome',
  'msedge',
  'explorer',
  'powershell',
  'cmd',
  'rundll32',
  'msiexec',
  'teams',
  'outlook',
  'winword',
  'conhost',
  'taskhostw',
  'git',
  'node',
  'python',
  'code',
  'wmiprvse',
  'reg',
  'schtasks',
  'net',
  'curl',
  'onedrive',
  'searchindexer',
];
const options = [
  '-k netsvcs -p -s',
  '--type=renderer --lang=en-US --field-trial-handle=',
  '/c start',
  '-NoProfile -File',
  '-ExecutionPolicy Bypass -File',
  'install --silent --log',
  '/i /qn',
  '-Embedding',
  '--url https://intranet.example.com/',
  'query /v /fo csv',
  'add HKCU\\Software\\',
  'status --porcelain=v2 -z -u',
  '--config',
  'C:\\Windows\\System32\\shell32.dll,Control_RunDLL',
  '/f /im',
];
const folders = [
  'C:\\Windows\\System32',
  'C:\\Program Files\\Vendor',
  'C:\\Program Files (x86)\\Tools',
  'C:\\ProgramData\\Package',
];

const user = (random: Random): string => `CORP\\${random.next() < 0.2 ? random.token(7) : `user${random.below(400)}`}`;

const image = (random: Random): string =>
  random.next() < 0.05
    ? `C:\\Users\\${random.token(6)}\\AppData\\Local\\${random.token(8)}\\${random.token(6)}.exe`
    : `${random.pick(folders)}\\${random.pick(programs)}.exe`;

// Six of ten command lines are met once only.
const commandLine = (random: Random, path: string): string =>
  `"${path}" ${random.pick(options)}${random.next() < 0.68 ? ` ${random.token(8)}-${random.token(12)} C:\\Users\\${random.token(6)}\\${random.token(8)}.tmp` : ` ${random.below(40)}`}`;

let record = 0;

const event = (of: LogSource, fields: Record<string, LogValue>): LogEvent => ({
  source: of,
  time: null,
  fields: { EventID: of.eventId, Channel: of.channel, Computer: 'ws01.corp.example', ...fields },
  origin: { file: 'generated', record: ++record },
});

export const processEvent = (random: Random): LogEvent => {
  const path = image(random);
  const parent = image(random);
  return event(sources.process, {
    UtcTime: '2026-11-20 10:00:00.000',
    ProcessGuid: `{${random.token(8)}-${random.token(4)}}`,
    ProcessId: random.below(60_000),
    Image: path,
    FileVersion: `10.0.${random.below(40)}`,
    Description: 'Program of a vendor',
    Product: 'Product',
    Company: 'Microsoft Corporation',
    OriginalFileName: path.slice(path.lastIndexOf('\\') + 1),
    CommandLine: commandLine(random, path),
    CurrentDirectory: random.next() < 0.2 ? `C:\\Users\\${random.token(6)}\\` : 'C:\\Windows\\system32\\',
    User: user(random),
    LogonId: `0x${random.below(1e6).toString(16)}`,
    IntegrityLevel: random.pick(['Medium', 'High', 'System', 'Low']),
    Hashes: `SHA256=${random.token(32)},IMPHASH=${random.token(16)}`,
    ParentProcessId: random.below(60_000),
    ParentImage: parent,
    ParentCommandLine: commandLine(random, parent),
    ParentUser: user(random),
  });
};

const makers: readonly (readonly [number, (random: Random) => LogEvent])[] = [
  [20, processEvent],
  [
    15,
    (random) =>
      event(sources.network, {
        Image: image(random),
        User: user(random),
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: `10.0.${random.below(256)}.${random.below(256)}`,
        SourcePort: random.below(65_536),
        DestinationIp: `198.51.${random.below(256)}.${random.below(256)}`,
        DestinationPort: random.pick([80, 443, 445, 53, 8080]),
        DestinationHostname: `${random.token(6)}.example.com`,
      }),
  ],
  [
    15,
    (random) =>
      event(sources.image, {
        Image: image(random),
        ImageLoaded: `${random.pick(folders)}\\${random.token(6)}.dll`,
        Signed: 'true',
        Signature: 'Microsoft Windows',
        SignatureStatus: 'Valid',
        Hashes: `SHA256=${random.token(32)}`,
        OriginalFileName: '-',
        User: user(random),
      }),
  ],
  [
    15,
    (random) =>
      event(sources.access, {
        SourceImage: image(random),
        TargetImage: image(random),
        GrantedAccess: random.pick(['0x1000', '0x1400', '0x1fffff', '0x1410']),
        CallTrace: `C:\\Windows\\SYSTEM32\\ntdll.dll+${random.token(4)}|C:\\Windows\\System32\\KERNELBASE.dll+${random.token(4)}`,
        SourceUser: user(random),
      }),
  ],
  [
    10,
    (random) =>
      event(sources.file, {
        Image: image(random),
        TargetFilename: `C:\\Users\\${random.token(6)}\\AppData\\Local\\Temp\\${random.token(8)}.${random.pick(['tmp', 'log', 'exe', 'dll', 'ps1', 'txt'])}`,
        User: user(random),
      }),
  ],
  [
    10,
    (random) =>
      event(sources.registry, {
        Image: image(random),
        EventType: 'SetValue',
        TargetObject: `HKLM\\SOFTWARE\\${random.token(8)}\\${random.token(5)}`,
        Details: random.pick(['DWORD (0x00000001)', 'C:\\Program Files\\Vendor\\a.dll', random.token(20)]),
        User: user(random),
      }),
  ],
  [
    5,
    (random) =>
      event(sources.dns, {
        Image: image(random),
        QueryName: `${random.token(8)}.example.com`,
        QueryStatus: '0',
        QueryResults: '198.51.100.1;',
        User: user(random),
      }),
  ],
  [
    2,
    (random) =>
      event(sources.script, {
        MessageNumber: 1,
        MessageTotal: 1,
        ScriptBlockText: `function ${random.token(8)} { param($a) Get-ChildItem -Path "C:\\${random.token(6)}" | Where-Object { $_.Length -gt ${random.below(9999)} } }`,
        Path: '',
      }),
  ],
  [
    5,
    (random) =>
      event(sources.logon, {
        SubjectUserName: 'WS01$',
        TargetUserName: random.token(6),
        LogonType: random.pick([2, 3, 5, 10]),
        IpAddress: `10.0.${random.below(256)}.${random.below(256)}`,
        ProcessName: image(random),
        AuthenticationPackageName: 'Negotiate',
        WorkstationName: 'WS01',
      }),
  ],
  [
    3,
    (random) =>
      event(sources.object, {
        SubjectUserName: random.token(6),
        ObjectName: `C:\\Users\\${random.token(6)}\\${random.token(6)}.docx`,
        ObjectType: 'File',
        AccessMask: random.pick(['0x1', '0x2', '0x10000']),
        ProcessName: image(random),
      }),
  ],
];

const total = makers.reduce((sum, [weight]) => sum + weight, 0);

export const mixedEvent = (random: Random): LogEvent => {
  let at = random.below(total);
  for (const [weight, make] of makers) {
    if (at < weight) return make(random);
    at -= weight;
  }
  return processEvent(random);
};
