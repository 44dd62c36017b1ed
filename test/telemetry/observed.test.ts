import { expect } from 'chai';
import fc from 'fast-check';
import { eventActions, type LabEvent } from '../../src/model/event.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { event, manifest, onLinux } from '../support/events.ts';
import { productRows, readRows } from '../support/product-rows.ts';

const everyAction = (fields: Partial<LabEvent>): readonly LabEvent[] =>
  eventActions.map((action) =>
    event({
      'event.action': action,
      'source.ip': '10.13.37.10',
      'destination.ip': '203.0.113.7',
      'file.path': 'C:\\x',
      'dns.question.name': 'x.example',
      'dns.response_code': 'NOERROR',
      'winlog.channel': 'Microsoft-Windows-PowerShell/Operational',
      'winlog.event_id': 4104,
      'winlog.event_data': '{"ScriptBlockText":"x"}',
      ...fields,
    }),
  );

describe('what products see', () => {
  it('is nothing of the harness and nothing of the lab’s furniture: an idle host gives no rows', async () => {
    const idle = [
      ...everyAction({ 'tocsin.origin': 'harness', 'tocsin.variant': undefined }),
      ...everyAction({ 'tocsin.origin': 'service', 'tocsin.variant': undefined }),
      ...everyAction({ 'tocsin.origin': 'harness', 'tocsin.persona': 'linux' }),
    ];
    await using hub = await openHub({ manifest: manifest(), events: idle });
    for (const name of hub.tables.keys()) expect(await readRows(hub, name), name).to.deep.equal([]);
  });

  it('is everything else: every table that is made of events has rows of the same events', async () => {
    const records = (
      [
        ['Microsoft-Windows-DNS-Client/Operational', 3008],
        ['Microsoft-Windows-PowerShell/Operational', 4103],
        ['Microsoft-Windows-Kernel-Registry', 1],
        ['Microsoft-Windows-Kernel-Registry', 5],
        ['Security', 4698],
        ['Security', 4699],
        ['Security', 4702],
      ] as const
    ).flatMap(([channel, id], index) =>
      everyAction({ 'event.id': `win-1:records:${index}`, 'winlog.channel': channel, 'winlog.event_id': id }).filter(
        (event) => event['event.action'] === 'log-record',
      ),
    );
    const cloud = (
      [
        ['sign-in', 'azure.signinlogs', 'SignInLogs'],
        ['sign-in', 'azure.signinlogs', 'NonInteractiveUserSignInLogs'],
        ['sign-in', 'azure.signinlogs', 'ServicePrincipalSignInLogs'],
        ['directory-change', 'azure.auditlogs', 'AuditLogs'],
        ['resource-operation', 'azure.activitylogs', 'Administrative'],
      ] as const
    ).map(([action, dataset, category], index) =>
      event({
        'event.action': action,
        'event.id': `entra:service-log:${index}`,
        'event.dataset': dataset,
        'event.original': JSON.stringify({ category, properties: {} }),
      }),
    );
    const events = [...everyAction({}), ...everyAction(onLinux), ...records, ...cloud];
    await using hub = await openHub({ manifest: manifest(), events });
    for (const name of hub.tables.keys())
      if (!name.startsWith('Threat')) expect(await readRows(hub, name), name).to.not.have.length(0);
  });

  it('is told whose an address is and where, from what the topology declares of its providers', async () => {
    const kestrel = { name: 'kestrel', prefix: '203.0.113.0/24', asNumber: 64_500, asOrganization: 'Kestrel' };
    const location = { country: 'NL', region: null, city: 'Amsterdam', latitude: 52.4, longitude: 4.9 };
    const providers = [{ ...kestrel, ipType: 'Public', location }] as const;
    const { topology } = manifest();
    const events = [event({ 'event.action': 'connect', 'source.ip': '10.13.37.10', 'destination.ip': '203.0.113.7' })];
    await using hub = await openHub({ manifest: manifest({ topology: { ...topology, providers } }), events });
    const of = (side: string): string =>
      ['as.number', 'as.organization.name', 'geo.country_iso_code', 'geo.city_name', 'geo.location.lon']
        .map((name) => `"${side}.${name}"`)
        .join(', ');
    const { rows } = await hub.database.read(`SELECT ${of('destination')}, ${of('source')} FROM observed`);
    expect(rows).to.deep.equal([[64_500n, 'Kestrel', 'NL', 'Amsterdam', 4.9, null, null, null, null, null]]);
  });

  it('is any text as a host wrote it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 1, maxLength: 20 }),
        async (texts) => {
          const events = texts.map((text, n) =>
            event({
              'event.action': 'process-start',
              'event.id': String(n).padStart(3, '0'),
              'process.command_line': text,
              'process.args': text,
              'tocsin.marks': text,
              'winlog.event_data': text,
            }),
          );
          const rows = await productRows('Sysmon-1', events);
          expect(rows.map((row) => row['CommandLine'])).to.deep.equal(texts);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('loses what is not JSON, and the loss is counted', async () => {
    const events = [
      event({ 'event.action': 'dns-query', 'dns.answers': '[{"type":"A"' }),
      event({ 'event.action': 'dns-query', 'dns.answers': '"not a list"' }),
      event({ 'event.action': 'dns-query', 'dns.answers': '[]' }),
      event({ 'event.action': 'log-record', 'winlog.event_data': 'x', 'host.name': 'lx1' }),
    ];
    await using hub = await openHub({ manifest: manifest(), events });
    expect((await readRows(hub, 'Sysmon-22')).map((row) => row['QueryResults'])).to.deep.equal(['-', '-', '-']);
    expect(hub.losses).to.deep.equal([
      { source: 'recording', host: 'ws1', kind: 'unparsed', count: 1, detail: 'dns.answers is not JSON' },
      { source: 'recording', host: 'lx1', kind: 'unparsed', count: 1, detail: 'winlog.event_data is not JSON' },
    ]);
  });

  it('is sealed: a query reaches no file and changes no setting', async () => {
    await using hub = await openHub({ manifest: manifest(), events: [] });
    for (const sql of [
      "SELECT * FROM read_text('/etc/hostname')",
      'SET threads = 1',
      "COPY events TO '/tmp/x.parquet'",
    ]) {
      const error: unknown = await hub.database.run(sql).catch((e: unknown) => e);
      expect(error, sql).to.be.instanceOf(Error);
    }
  });
});
