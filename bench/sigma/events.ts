import type { LogEvent, LogSource, LogValue } from '../../src/model/log-event.ts';
import { programs, rareLines, type ProgramKind } from './programs.ts';
import type { Random } from './random.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';

const source = (channel: string, eventId: number): LogSource => ({
  product: 'windows',
  service: null,
  category: null,
  channel,
  provider: null,
  eventId,
});

/** Of a hundred processes that start, so many do what rules are about. */
const rarePercent = 0.3;

const weights = programs.reduce((sum, { weight }) => sum + weight, 0);

const pickProgram = (random: Random): ProgramKind => {
  let at = random.below(weights);
  for (const program of programs) {
    if (at < program.weight) return program;
    at -= program.weight;
  }
  throw new Error('the weights do not add up');
};

const userName = (random: Random): string => (random.next() < 0.2 ? random.token(7) : `user${random.below(400)}`);

const fill = (text: string, random: Random): string =>
  text.replace(/[#%~]/g, (mark) =>
    mark === '#' ? random.token(9) : mark === '%' ? String(random.below(9999)) : userName(random),
  );

const image = (random: Random): string => fill(pickProgram(random).image, random);

const guid = (random: Random): string =>
  `{${random.token(8)}-${random.token(4)}-${random.token(4)}-${random.token(12)}}`;

let record = 0;

const event = (of: LogSource, random: Random, fields: Record<string, LogValue>): LogEvent => {
  const seconds = record++ % 86_400;
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  return {
    source: of,
    time: null,
    fields: {
      EventID: of.eventId,
      Channel: of.channel,
      Provider_Name: of.channel === sysmon ? 'Microsoft-Windows-Sysmon' : of.channel,
      Computer: `ws${random.below(200)}.corp.example`,
      EventRecordID: record,
      TimeCreated_SystemTime: `2026-11-20T${clock}.0000000Z`,
      Execution_ProcessID: 3120,
      Execution_ThreadID: 4512,
      Level: 4,
      Task: of.eventId,
      ...fields,
    },
    origin: { file: 'generated', record },
  };
};

const processSource = source(sysmon, 1);

export const processEvent = (random: Random): LogEvent => {
  const program = pickProgram(random);
  const [path, line, parent] =
    random.next() * 100 < rarePercent
      ? random.pick(rareLines)
      : [program.image, random.pick(program.lines), program.parent];
  const started = fill(path, random);
  const user = userName(random);
  return event(processSource, random, {
    RuleName: '-',
    UtcTime: '2026-11-20 10:00:00.000',
    ProcessGuid: guid(random),
    ProcessId: random.below(60_000),
    Image: started,
    FileVersion: `10.0.${random.below(40)}`,
    Description: 'Program of a vendor',
    Product: 'Product of a vendor',
    Company: program.company,
    OriginalFileName: started.slice(started.lastIndexOf('\\') + 1),
    CommandLine: fill(line, random),
    CurrentDirectory: random.next() < 0.3 ? `C:\\Users\\${user}\\` : 'C:\\Windows\\system32\\',
    User: `CORP\\${user}`,
    LogonGuid: guid(random),
    LogonId: `0x${random.below(1e6).toString(16)}`,
    TerminalSessionId: 1,
    IntegrityLevel: random.pick(['Medium', 'High', 'System', 'Low']),
    Hashes: `SHA1=${random.token(40)},MD5=${random.token(32)},SHA256=${random.token(64)},IMPHASH=${random.token(32)}`,
    ParentProcessGuid: guid(random),
    ParentProcessId: random.below(60_000),
    ParentImage: fill(parent, random),
    ParentCommandLine: fill(`"${parent}" --session #`, random),
    ParentUser: `CORP\\${user}`,
  });
};

type Maker = (of: LogSource, random: Random) => LogEvent;

const files: Maker = (of, random) =>
  event(of, random, {
    Image: image(random),
    TargetFilename: fill(
      random.pick([
        'C:\\Users\\~\\AppData\\Local\\Temp\\#.tmp',
        'C:\\ProgramData\\Vendor\\Agent\\cache\\#\\#.dat',
        'C:\\Users\\~\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Cache\\f_#',
        'C:\\Windows\\Prefetch\\#.EXE-%.pf',
      ]),
      random,
    ),
    CreationUtcTime: '2026-11-20 10:00:00.000',
    User: `CORP\\${userName(random)}`,
  });

const makers: readonly (readonly [weight: number, of: LogSource, make: Maker])[] = [
  [20, processSource, (_of, random) => processEvent(random)],
  [
    15,
    source(sysmon, 3),
    (of, random) =>
      event(of, random, {
        Image: random.pick([programs[1], programs[2], programs[12]])?.image ?? '',
        User: `CORP\\${userName(random)}`,
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: `10.0.${random.below(256)}.${random.below(256)}`,
        SourcePort: random.below(65_536),
        DestinationIp: `203.0.${random.below(256)}.${random.below(256)}`,
        DestinationPort: random.pick([80, 443, 443, 443]),
        DestinationHostname: `${random.token(6)}.example.com`,
      }),
  ],
  [
    15,
    source(sysmon, 7),
    (of, random) =>
      event(of, random, {
        Image: image(random),
        ImageLoaded: fill(random.pick(['C:\\Windows\\System32\\#.dll', 'C:\\Program Files\\Vendor\\#.dll']), random),
        Signed: 'true',
        Signature: 'Microsoft Windows',
        SignatureStatus: 'Valid',
        Hashes: `SHA256=${random.token(64)}`,
        OriginalFileName: '-',
        User: `CORP\\${userName(random)}`,
      }),
  ],
  [
    15,
    source(sysmon, 10),
    (of, random) =>
      event(of, random, {
        SourceImage: image(random),
        TargetImage: image(random),
        GrantedAccess: random.pick(['0x1000', '0x1400', '0x101000']),
        CallTrace: `C:\\Windows\\SYSTEM32\\ntdll.dll+${random.token(5)}|C:\\Windows\\System32\\KERNELBASE.dll+${random.token(5)}|C:\\Windows\\System32\\${random.token(6)}.dll+${random.token(4)}`,
        SourceUser: `CORP\\${userName(random)}`,
      }),
  ],
  [10, source(sysmon, 11), files],
  [
    10,
    source(sysmon, 13),
    (of, random) =>
      event(of, random, {
        Image: image(random),
        EventType: 'SetValue',
        TargetObject: fill(
          random.pick(['HKLM\\SOFTWARE\\Vendor\\#\\#', 'HKU\\S-1-5-21-%-%\\Software\\Microsoft\\Office\\16.0\\#']),
          random,
        ),
        Details: random.pick(['DWORD (0x00000001)', 'Binary Data', random.token(20)]),
        User: `CORP\\${userName(random)}`,
      }),
  ],
  [
    5,
    source(sysmon, 22),
    (of, random) =>
      event(of, random, {
        Image: image(random),
        QueryName: `${random.token(8)}.example.com`,
        QueryStatus: '0',
        QueryResults: '::ffff:203.0.113.1;',
        User: `CORP\\${userName(random)}`,
      }),
  ],
  [
    2,
    source('Microsoft-Windows-PowerShell/Operational', 4104),
    (of, random) =>
      event(of, random, {
        MessageNumber: 1,
        MessageTotal: 1,
        ScriptBlockId: random.token(32),
        ScriptBlockText: `function ${random.token(8)} { param($a) $items = Get-Item -Path "C:\\work\\${random.token(6)}"; foreach ($item in $items) { if ($item.Length -gt ${random.below(9999)}) { $item.Name } } }`,
        Path: '',
      }),
  ],
  [
    5,
    source('Security', 4624),
    (of, random) =>
      event(of, random, {
        SubjectUserName: 'WS01$',
        SubjectLogonId: '0x3e7',
        TargetUserName: userName(random),
        TargetLogonId: `0x${random.token(6)}`,
        LogonType: random.pick([2, 5, 7, 11]),
        IpAddress: `10.0.${random.below(256)}.${random.below(256)}`,
        ProcessName: 'C:\\Windows\\System32\\svchost.exe',
        AuthenticationPackageName: 'Negotiate',
        WorkstationName: 'WS01',
      }),
  ],
  [
    3,
    source('Security', 4663),
    (of, random) =>
      event(of, random, {
        SubjectUserName: userName(random),
        ObjectName: `C:\\Users\\${random.token(6)}\\${random.token(6)}.docx`,
        ObjectType: 'File',
        AccessMask: '0x1',
        ProcessName: image(random),
      }),
  ],
];

const total = makers.reduce((sum, [weight]) => sum + weight, 0);

export const mixedEvent = (random: Random): LogEvent => {
  let at = random.below(total);
  for (const [weight, of, make] of makers) {
    if (at < weight) return make(of, random);
    at -= weight;
  }
  return processEvent(random);
};
