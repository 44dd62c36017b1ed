import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { writeRecording } from '../../src/recording/write-recording.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { connection, event, manifest } from '../support/events.ts';
import { readRows } from '../support/product-rows.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const guide = join(import.meta.dirname, '../../docs/recording.md');

describe('opening a hub', () => {
  const folder = useTemporaryFolder();

  it('on a recording shows what the same events in memory show', async () => {
    const given = manifest({ runId: 'r9' });
    const events = [connection(), event({ 'event.action': 'process-start', 'event.id': 'ws1:trace:2' })];
    await writeRecording(folder(), { manifest: given, events: [events] });
    await using stored = await openHub(folder());
    await using held = await openHub({ manifest: given, events });
    expect(stored.manifest).to.deep.equal(given);
    for (const name of held.tables.keys())
      expect(await readRows(stored, name, 'evidenceSql'), name).to.deep.equal(
        await readRows(held, name, 'evidenceSql'),
      );
  });

  it('on what is not a recording says so', async () => {
    const error: unknown = await openHub(folder()).catch((e: unknown) => e);
    expect(error).to.include({ code: 'recording/not-found' });
  });

  it('on a recording made by hand as the guide shows gives its row', async () => {
    const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8')) ?? [];
    const target = join(folder(), 'recording');
    await mkdir(join(target, 'events'), { recursive: true });
    await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest()));
    const instance = await DuckDBInstance.create(':memory:');
    const session = await instance.connect();
    await session.run(sql.replace("'recording/", `'${target}/`));
    session.closeSync();
    instance.closeSync();
    await using hub = await openHub(target);
    const [row] = await readRows(hub, 'Sysmon-3');
    expect(row).to.deep.equal({
      RuleName: '-',
      UtcTime: '2026-11-20 12:00:00.123',
      Image: String.raw`C:\Windows\System32\curl.exe`,
      Initiated: true,
      SourceHostname: 'ws1',
      SourcePortName: '-',
      DestinationIsIpv6: false,
      DestinationIp: '203.0.113.7',
      DestinationHostname: '-',
      DestinationPort: 443,
      DestinationPortName: 'https',
    });
  });
});
