import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api';
import { expect } from 'chai';
import fc from 'fast-check';
import { eventColumns, type EventColumn, type LabEvent } from '../../src/model/event.ts';
import { loadEvents } from '../../src/recording/load-events.ts';
import { openRecording } from '../../src/recording/open-recording.ts';
import { writeRecording } from '../../src/recording/write-recording.ts';
import { at, connection, event, manifest } from '../support/events.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const columns = Object.keys(eventColumns) as readonly EventColumn[];

/** The events of a recording as they were given, null for what was absent. */
const readEvents = async (folder: string): Promise<readonly Record<string, unknown>[]> => {
  const instance = await DuckDBInstance.create(':memory:');
  const session = await instance.connect();
  try {
    await loadEvents(session, (await openRecording(folder)).eventFiles);
    const reader = await session.runAndReadAll('SELECT * FROM events');
    expect(reader.columnNames()).to.deep.equal(columns);
    expect(reader.columnTypes().map(String)).to.deep.equal(Object.values(eventColumns));
    return reader.getRows().map((row) =>
      Object.fromEntries(
        row.map((value, index): [string, unknown] => {
          if (value instanceof DuckDBTimestampValue) return [columns[index] ?? '', Number(value.micros)];
          return [columns[index] ?? '', typeof value === 'bigint' ? Number(value) : value];
        }),
      ),
    );
  } finally {
    session.closeSync();
    instance.closeSync();
  }
};

const withNulls = (given: LabEvent): Record<string, unknown> =>
  Object.fromEntries(columns.map((column) => [column, given[column] ?? null]));

describe('a recording', () => {
  const folder = useTemporaryFolder();

  it('gives back the manifest and the events that were written, in their order', async () => {
    const events = Array.from({ length: 5000 }, (_, n) => connection({ 'event.id': `ws1:trace:${String(n)}` }));
    const given = manifest({ runId: 'r7' });
    expect(
      await writeRecording(folder(), { manifest: given, events: [events.slice(0, 3000), events.slice(3000)] }),
    ).to.equal(5000);
    expect((await openRecording(folder())).manifest).to.deep.equal(given);
    expect(await readEvents(folder())).to.deep.equal(events.map(withNulls));
  });

  it('takes batches that come one by one', async () => {
    async function* batches(): AsyncGenerator<readonly LabEvent[]> {
      yield [connection()];
      await Promise.resolve();
      yield [];
      yield [event({ 'event.action': 'process-end' })];
    }
    expect(await writeRecording(folder(), { manifest: manifest(), events: batches() })).to.equal(2);
    expect(await readEvents(folder())).to.have.length(2);
  });

  it('without events still has its columns', async () => {
    await writeRecording(folder(), { manifest: manifest(), events: [] });
    expect(await readEvents(folder())).to.deep.equal([]);
  });

  it('replaces what was there of an earlier parse, and leaves raw evidence and nothing else', async () => {
    await mkdir(join(folder(), 'raw/ws1'), { recursive: true });
    await writeRecording(folder(), { manifest: manifest(), events: [[connection(), connection()]] });
    await writeRecording(folder(), { manifest: manifest(), events: [[connection()]] });
    expect(await readEvents(folder())).to.have.length(1);
    expect((await readdir(folder())).sort()).to.deep.equal(['events', 'manifest.json', 'raw']);
  });

  it('works in a folder whose name is a pattern or holds quotes', async () => {
    const strange = join(folder(), "it's [a-z]*?");
    await writeRecording(strange, { manifest: manifest(), events: [[connection()]] });
    await writeRecording(join(folder(), "it's ax"), { manifest: manifest(), events: [[connection()]] });
    expect(await readEvents(strange)).to.have.length(1);
  });

  it('keeps times to the microsecond and numbers to their limits', async () => {
    const given = connection({
      '@timestamp': at('2026-11-20T23:59:59.999999Z'),
      'process.pid': Number.MAX_SAFE_INTEGER,
      'source.port': -(2 ** 31) + 1,
    });
    await writeRecording(folder(), { manifest: manifest(), events: [[given]] });
    expect(await readEvents(folder())).to.deep.equal([withNulls(given)]);
  });

  it('keeps any text, whatever a host wrote', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 30 }),
        async (texts) => {
          const events = texts.map((text) =>
            event({ 'event.action': 'process-start', 'process.command_line': text, 'file.path': text }),
          );
          await writeRecording(folder(), { manifest: manifest(), events: [events] });
          const rows = await readEvents(folder());
          expect(rows.map((row) => row['process.command_line'])).to.deep.equal(texts);
          expect(rows.map((row) => row['file.path'])).to.deep.equal(texts);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('puts U+FFFD for what is not Unicode', async () => {
    await writeRecording(folder(), { manifest: manifest(), events: [[connection({ 'process.name': 'a\ud800b' })]] });
    expect((await readEvents(folder()))[0]).to.include({ 'process.name': 'a\ufffdb' });
  });

  for (const [column, value] of [
    ['process.pid', 1.5],
    ['process.pid', Number.NaN],
    ['source.port', 2 ** 31],
    ['@timestamp', Number.POSITIVE_INFINITY],
    ['process.name', 7],
    ['process.pid', '7'],
  ] as const) {
    it(`refuses ${inspect(value)} for ${column}, naming event and column, and leaves no manifest`, async () => {
      const bad = { ...connection(), [column]: value } as LabEvent;
      const error: unknown = await writeRecording(folder(), { manifest: manifest(), events: [[bad]] }).catch(
        (e: unknown) => e,
      );
      expect(error).to.include({ code: 'recording/bad-value' });
      expect((error as Error).message)
        .to.include('ws1:trace:1')
        .and.include(column);
      expect(await readdir(folder())).to.not.include('manifest.json');
    });
  }

  it('has a manifest that people can read', async () => {
    await writeRecording(folder(), { manifest: manifest(), events: [] });
    expect(await readFile(join(folder(), 'manifest.json'), 'utf8')).to.match(/^\{\n {2}"schemaVersion": 1,\n/);
  });
});
