import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { checkRecording } from '../../src/recording/check-recording.ts';
import { writeRecording } from '../../src/recording/write-recording.ts';
import { connection, manifest, sensor } from '../support/events.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

describe('checking a recording', () => {
  const folder = useTemporaryFolder();

  const record = async (raw: readonly { file: string; bytes: number }[], events = 1): Promise<void> => {
    const sensors = [sensor({ events, raw: raw.map((file) => ({ ...file, parser: 'trace 1' })) })];
    await mkdir(join(folder(), 'raw/ws1'), { recursive: true });
    await writeFile(join(folder(), 'raw/ws1/trace'), 'twelve bytes');
    await writeRecording(folder(), { manifest: manifest({ sensors }), events: [[connection()]] });
  };

  const codes = async (): Promise<readonly string[]> => (await checkRecording(folder())).map(({ code }) => code);

  /** A recording whose events somebody else wrote. */
  const recordByHand = async (sql: string): Promise<void> => {
    await record([{ file: 'ws1/trace', bytes: 12 }]);
    const instance = await DuckDBInstance.create(':memory:');
    const session = await instance.connect();
    await session.run(`COPY (${sql}) TO '${join(folder(), 'events/part-0000.parquet')}' (FORMAT parquet)`);
    session.closeSync();
    instance.closeSync();
  };

  const byHand = `SELECT 'x' AS "event.id", TIMESTAMP '2026-11-20 12:00:00' AS "@timestamp", 'connect' AS "event.action",
    'ws1' AS "host.name", 'evtx' AS "tocsin.sensor", 'test' AS "tocsin.origin"`;

  it('finds nothing wrong with a whole one', async () => {
    await record([{ file: 'ws1/trace', bytes: 12 }]);
    expect(await checkRecording(folder())).to.deep.equal([]);
  });

  it('finds files that are missing, of another size, or outside', async () => {
    await record([
      { file: 'ws1/trace', bytes: 13 },
      { file: 'ws1/records.ndjson', bytes: 0 },
      { file: '../../etc/passwd', bytes: 0 },
      { file: '/etc/passwd', bytes: 0 },
    ]);
    expect(await codes()).to.deep.equal([
      'recording/size',
      'recording/missing-file',
      'recording/path',
      'recording/path',
    ]);
  });

  it('finds that events were lost since the sensors counted them', async () => {
    await record([], 3);
    expect((await checkRecording(folder())).map(({ message }) => message)).to.deep.equal([
      'there are 1 events; the sensors reported 3',
    ]);
  });

  it('finds that the events are gone', async () => {
    await record([]);
    await rm(join(folder(), 'events'), { recursive: true });
    expect(await codes()).to.deep.equal(['recording/no-events']);
  });

  it('finds that a file of events is not Parquet', async () => {
    await record([]);
    await writeFile(join(folder(), 'events/part-0000.parquet'), 'PAR0');
    expect(await codes()).to.deep.equal(['recording/events-unreadable']);
  });

  it('accepts events made by hand, with the columns that are needed', async () => {
    await recordByHand(byHand);
    expect(await codes()).to.deep.equal([]);
  });

  for (const [what, sql, code] of [
    ['a column that does not exist', `${byHand}, 1 AS "process.PID"`, 'recording/unknown-column'],
    ['a value that its column cannot hold', `${byHand}, 'four' AS "process.pid"`, 'recording/events-unreadable'],
    ['an action that does not exist', byHand.replace("'connect'", "'conect'"), 'recording/bad-events'],
    ['an origin that does not exist', byHand.replace("'test'", "'Harness'"), 'recording/bad-events'],
    ['no host', byHand.replace("'ws1'", 'NULL'), 'recording/bad-events'],
  ] as const) {
    it(`refuses events made by hand with ${what}`, async () => {
      await recordByHand(sql);
      expect(await codes()).to.deep.equal([code]);
    });
  }
});
