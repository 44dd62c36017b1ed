import { expect } from 'chai';
import type { Relation } from '../../../src/query/engine.ts';
import { loadLanguages } from '../../../src/query/languages.ts';
import { openEngine } from '../../../src/query/open-engine.ts';
import { loadCatalog } from '../../../src/telemetry/catalog.ts';
import { openDatabase, type Database } from '../../../src/telemetry/database.ts';
import { compiled, now, origin, relationOf } from '../support.ts';

const catalog = loadCatalog(['sentinel']);

/** Each schema's filters, with values of their types, as Microsoft's reference of the schema lists them. */
const filters: Readonly<Record<string, string>> = {
  NetworkSession:
    "srcipaddr_has_any_prefix=dynamic(['10.']), dstipaddr_has_any_prefix=dynamic(['10.']), ipaddr_has_any_prefix=dynamic(['10.']), dstportnumber=443, hostname_has_any=dynamic(['a']), dvcaction=dynamic(['Allow']), eventresult='Success'",
  Dns: "srcipaddr='10.0.0.1', domain_has_any=dynamic(['a.b']), responsecodename='NXDOMAIN', response_has_ipv4='10.0.0.1', response_has_any_prefix=dynamic(['10.']), eventtype='Query'",
  ProcessEvent:
    "commandline_has_any=dynamic(['a']), commandline_has_all=dynamic(['a']), commandline_has_any_ip_prefix=dynamic(['10.']), actingprocess_has_any=dynamic(['a']), targetprocess_has_any=dynamic(['a']), parentprocess_has_any=dynamic(['a']), targetusername_has='a', dvcipaddr_has_any_prefix=dynamic(['10.']), dvchostname_has_any=dynamic(['a']), eventtype='ProcessCreated', hashes_has_any=dynamic(['a'])",
  ProcessCreate: "commandline_has_any=dynamic(['a']), actorusername_has='a'",
  ProcessTerminate: "targetprocess_has_any=dynamic(['a'])",
  Authentication:
    "username_has_any=dynamic(['a']), targetappname_has_any=dynamic(['a']), srcipaddr_has_any_prefix=dynamic(['10.']), srchostname_has_any=dynamic(['a']), eventtype_in=dynamic(['Logon']), eventresultdetails_in=dynamic(['a']), eventresult='Failure'",
  FileEvent:
    "eventtype_in=dynamic(['FileCreated']), srcipaddr_has_any_prefix=dynamic(['10.']), actorusername_has_any=dynamic(['a']), targetfilepath_has_any=dynamic(['a']), srcfilepath_has_any=dynamic(['a']), hashes_has_any=dynamic(['a']), dvchostname_has_any=dynamic(['a'])",
  RegistryEvent:
    "eventtype_in=dynamic(['RegistryValueSet']), actorusername_has_any=dynamic(['a']), registrykey_has_any=dynamic(['a']), registryvalue_has_any=dynamic(['a']), registrydata_has_any=dynamic(['a']), dvchostname_has_any=dynamic(['a'])",
  WebSession:
    "srcipaddr_has_any_prefix=dynamic(['10.']), ipaddr_has_any_prefix=dynamic(['10.']), url_has_any=dynamic(['a']), httpuseragent_has_any=dynamic(['a']), eventresultdetails_in=dynamic(['404']), eventresult='Failure'",
};

const nativeTables: Readonly<Record<string, string>> = {
  NetworkSession: 'ASimNetworkSessionLogs',
  Dns: 'ASimDnsActivityLogs',
  ProcessEvent: 'ASimProcessEventLogs',
  Authentication: 'ASimAuthenticationEventLogs',
  FileEvent: 'ASimFileEventLogs',
  RegistryEvent: 'ASimRegistryEventLogs',
  WebSession: 'ASimWebSessionLogs',
};

const infoOf = (name: string) => catalog.find((table) => table.name === name) ?? expect.fail(`no table ${name}`);

const filled = (table: string, rows: readonly Readonly<Record<string, unknown>>[]): readonly [string, Relation] =>
  relationOf(table, infoOf(table).columns, rows as never);

describe('parsers of ASIM', () => {
  let database: Database;

  before(async () => {
    database = await openDatabase();
  });

  after(() => database[Symbol.asyncDispose]());

  const open = async (...relations: readonly (readonly [string, Relation])[]) =>
    openEngine({ database, relations: new Map(relations), catalog, languages: await loadLanguages(['kql']) });

  const rowsOf = async (engine: Awaited<ReturnType<typeof open>>, text: string) =>
    (await engine.run(compiled(engine.compile('kql', text, origin)), { now })).rows;

  for (const [schema, given] of Object.entries(filters)) {
    it(`take every documented filter of ${schema}, and run`, async () => {
      const engine = await open();
      const text = `_Im_${schema}(starttime=ago(1d), endtime=now(), ${given}) | take 1`;
      expect(await rowsOf(engine, text)).to.deep.equal([]);
      expect(await rowsOf(engine, `_ASim_${schema} | summarize count() by EventVendor`)).to.deep.equal([]);
    });
  }

  for (const [schema, table] of Object.entries(nativeTables)) {
    it(`give what ${table} holds, with all its columns and the schema's aliases`, async () => {
      const row = {
        TimeGenerated: '2026-11-20T12:00:00Z',
        EventVendor: 'Kestrel',
        EventType: 'Query',
        DvcHostname: 'pc1',
      };
      const engine = await open(filled(table, [row]));
      const text = `_ASim_${schema} | project EventVendor, Dvc, EventSchema`;
      expect(await rowsOf(engine, text)).to.deep.equal([['Kestrel', 'pc1', schema]]);
      const all = compiled(engine.compile('kql', `_Im_${schema}(starttime=ago(1d))`, origin)).columns.map(
        ({ name }) => name,
      );
      const own = infoOf(table).columns.map(({ name }) => name);
      const left = ['TenantId', 'SourceSystem', '_ResourceId', '_SubscriptionId'];
      expect(own.filter((name) => !all.includes(name) && !left.includes(name))).to.deep.equal([]);
      expect(all.filter((name) => /_(string|int|long|dynamic|real|bool)$/.test(name))).to.deep.equal([]);
    });
  }

  it('read several products at once, each under its own name', async () => {
    const engine = await open(
      filled('DeviceProcessEvents', [
        {
          ActionType: 'ProcessCreated',
          DeviceName: 'pc1.example',
          ProcessCommandLine: 'cmd /c whoami',
          AccountName: 'ana',
        },
      ]),
      filled('SecurityEvent', [
        {
          EventID: 4688,
          Computer: 'pc2.example',
          CommandLine: 'whoami /all',
          NewProcessId: '0x1f4',
          NewProcessName: 'C:\\Windows\\whoami.exe',
        },
        { EventID: 4689, Computer: 'pc2.example', ProcessId: '0x1f4', ProcessName: 'C:\\Windows\\whoami.exe' },
      ]),
    );
    const started =
      "imProcessCreate(commandline_has_any=dynamic(['whoami'])) | project EventProduct, DvcHostname, TargetProcessId | sort by DvcHostname asc";
    expect(await rowsOf(engine, started)).to.deep.equal([
      ['M365 Defender for Endpoint', 'pc1', ''],
      ['Security Events', 'pc2', '500'],
    ]);
    expect(await rowsOf(engine, '_Im_ProcessTerminate | project Process')).to.deep.equal([['C:\\Windows\\whoami.exe']]);
    expect(await rowsOf(engine, '_Im_ProcessEvent | count')).to.deep.equal([[3]]);
  });

  it('tell failed sign-ins by their reason, from Entra ID, Windows and sshd', async () => {
    const engine = await open(
      filled('SigninLogs', [{ ResultType: '50126', UserPrincipalName: 'ana@example.com', IPAddress: '203.0.113.7' }]),
      filled('SecurityEvent', [
        { EventID: 4625, TargetUserName: 'bo', SubStatus: '0xC0000064', IpAddress: '10.0.0.9' },
      ]),
      filled('Syslog', [
        {
          ProcessName: 'sshd',
          HostName: 'web1',
          SyslogMessage: 'Failed password for invalid user eve from 203.0.113.9 port 4711 ssh2',
        },
        {
          ProcessName: 'sshd',
          HostName: 'web1',
          SyslogMessage: 'Accepted publickey for ana from 203.0.113.9 port 4712 ssh2: RSA SHA256:x',
        },
        { ProcessName: 'sshd', HostName: 'web1', SyslogMessage: 'Failed none for a line of another form' },
      ]),
    );
    const text =
      "_Im_Authentication(eventresult='Failure') | project TargetUsername, EventResultDetails, SrcIpAddr | sort by TargetUsername asc";
    expect(await rowsOf(engine, text)).to.deep.equal([
      ['ana@example.com', 'Incorrect password', '203.0.113.7'],
      ['bo', 'No such user', '10.0.0.9'],
      ['eve', 'No such user', '203.0.113.9'],
    ]);
    const fired =
      "_Im_Authentication(targetappname_has_any=dynamic(['sshd']), eventresult='Success') | project User, SrcPortNumber";
    expect(await rowsOf(engine, fired)).to.deep.equal([['ana', 4712]]);
  });

  it('filter as their parameters say', async () => {
    const at = '2026-11-20T12:00:00Z';
    const engine = await open(
      filled('DeviceNetworkEvents', [
        {
          TimeGenerated: at,
          ActionType: 'ConnectionSuccess',
          DeviceName: 'pc1',
          LocalIP: '10.0.0.5',
          RemoteIP: '203.0.113.7',
          RemotePort: 443,
        },
        {
          TimeGenerated: at,
          ActionType: 'ConnectionFailed',
          DeviceName: 'pc1',
          LocalIP: '10.0.0.5',
          RemoteIP: '198.51.100.7',
          RemotePort: 80,
        },
        {
          TimeGenerated: at,
          ActionType: 'InboundConnectionAccepted',
          DeviceName: 'pc1',
          LocalIP: '10.0.0.5',
          LocalPort: 22,
          RemoteIP: '198.51.100.9',
        },
      ]),
      filled('DnsEvents', [
        { TimeGenerated: at, SubType: 'LookupQuery', Name: 'evil.example', ResultCode: 3, ClientIP: '10.0.0.5' },
        {
          TimeGenerated: at,
          SubType: 'LookupQuery',
          Name: 'good.example',
          ResultCode: 0,
          ClientIP: '10.0.0.5',
          IPAddresses: '203.0.113.7',
        },
      ]),
      filled('DeviceRegistryEvents', [
        {
          TimeGenerated: at,
          ActionType: 'RegistryValueSet',
          RegistryKey: 'HKEY_LOCAL_MACHINE\\Software\\Run',
          RegistryValueName: 'evil',
          RegistryValueData: 'a.exe',
        },
      ]),
      filled('DeviceFileEvents', [
        {
          TimeGenerated: at,
          ActionType: 'FileCreated',
          FolderPath: 'C:\\Users\\ana\\a.exe',
          FileName: 'a.exe',
          SHA1: 'AA',
        },
      ]),
      filled('W3CIISLog', [
        { TimeGenerated: at, scStatus: '404', csUriStem: '/a', csUriQuery: 'b=1', cIP: '203.0.113.7' },
      ]),
    );
    const cases: readonly (readonly [string, readonly (readonly unknown[])[]])[] = [
      [
        "_Im_NetworkSession(dstipaddr_has_any_prefix=dynamic(['203.'])) | project Dst, DstPortNumber",
        [['203.0.113.7', 443]],
      ],
      ["_Im_NetworkSession(eventresult='Failure') | project Dst, DvcAction", [['198.51.100.7', 'Deny']]],
      ['_Im_NetworkSession(dstportnumber=22) | project Src, NetworkDirection', [['198.51.100.9', 'Inbound']]],
      ['_Im_NetworkSession(starttime=ago(10m)) | count', [[0]]],
      ['_Im_NetworkSession(endtime=ago(10d)) | count', [[0]]],
      ['_Im_NetworkSession(disabled=true) | count', [[0]]],
      ["_Im_Dns(responsecodename='NXDOMAIN') | project DnsQuery, EventResult", [['evil.example', 'Failure']]],
      ["_Im_Dns(response_has_ipv4='203.0.113.7') | project Domain", [['good.example']]],
      ["_Im_RegistryEvent(registryvalue_has_any=dynamic(['evil'])) | project RegistryValueData", [['a.exe']]],
      ["_Im_FileEvent(hashes_has_any=dynamic(['aa'])) | project TargetFileExtension, Hash", [['exe', 'AA']]],
      ["_Im_WebSession(eventresultdetails_in=dynamic(['404'])) | project Url, EventResult", [['/a?b=1', 'Failure']]],
    ];
    for (const [text, rows] of cases) expect(await rowsOf(engine, text), text).to.deep.equal(rows);
  });

  it('take no filter under the names that have none', async () => {
    const { diagnostics } = (await open()).compile('kql', "_ASim_Dns(responsecodename='NXDOMAIN')", origin);
    expect(diagnostics.map(({ severity }) => severity)).to.include('error');
  });
});
