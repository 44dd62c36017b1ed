import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import fc from 'fast-check';
import { findLogFiles } from '../../../src/api/log-sources/find-files.ts';
import { planParts, type LogPart } from '../../../src/api/log-sources/plan-parts.ts';
import { readPart, type LogPartReport } from '../../../src/api/log-sources/read-part.ts';
import { createSources } from '../../../src/formats/log/sources.ts';
import type { LogEvent } from '../../../src/model/log-event.ts';
import { HarnessError } from '../../../src/model/harness-error.ts';
import { sqlString } from '../../../src/telemetry/database.ts';
import { data, element, eventTree, value } from '../../support/event-tree.ts';
import { chunkOf, fileOf, utf16 } from '../../support/evtx-writer.ts';

const evtx = fileOf([
  chunkOf([
    {
      number: 1,
      template: eventTree(1, 'Test/Log', element('EventData', {}, data('A', value(0)))),
      values: [utf16('x')],
    },
  ]),
]);

describe('reading logs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-logs-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const write = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    return path;
  };

  interface Read {
    readonly file: string;
    readonly events: readonly LogEvent[];
    readonly report: LogPartReport;
  }

  const sourceOf = createSources();

  const readOne = async (part: LogPart, onBytes?: (bytes: number) => void): Promise<Read> => {
    const events: LogEvent[] = [];
    const reader = readPart(part, { sourceOf, ...(onBytes === undefined ? {} : { onBytes }) });
    for (;;) {
      const next = await reader.next();
      if (next.done === true) return { file: part.file.path, events, report: next.value };
      for (const event of next.value) events.push(event);
    }
  };

  const readAll = async (...paths: readonly string[]): Promise<readonly Read[]> => {
    const read: Read[] = [];
    for (const part of await planParts(await findLogFiles(paths))) read.push(await readOne(part));
    return read;
  };

  const eventsOf = async (path: string): Promise<readonly LogEvent[]> =>
    (await readAll(path)).flatMap(({ events }) => events);

  const short = ({ file, report }: Read): string =>
    `${relative(folder, file)} ${report.format ?? '-'} ${report.events} ${report.reason ?? ''}`.trim();

  it('finds the files of a folder and of the folders in it, whatever they are called', async () => {
    await write('b.txt', evtx);
    await write('a/x.evtx', '{"EventID":1,"Channel":"c"}\n{"a":2}\n');
    await write('a/readme.md', 'Just words.\n');
    await write('c.log', '');
    expect((await readAll(folder)).map(short)).to.deep.equal([
      'a/readme.md - 0 text of no known form, beginning with: Just words.',
      'a/x.evtx ndjson 2',
      'b.txt evtx 1',
      'c.log - 0 empty',
    ]);
  });

  it('unpacks gzip, and says when it is broken off', async () => {
    const packed = gzipSync(
      Array.from({ length: 20_000 }, (_, index) => JSON.stringify({ index, text: `${index * 7919}` })).join('\n'),
    );
    await write('whole.gz', packed);
    await write('broken.gz', packed.subarray(0, packed.length / 2));
    const [broken, whole] = (await readAll(folder)).map(({ report }) => report);
    expect([whole?.format, whole?.events, whole?.losses]).to.deep.equal(['ndjson', 20_000, []]);
    expect(broken?.format).to.equal('ndjson');
    expect(broken?.events).to.be.within(1, 19_999);
    expect(broken?.losses.map(({ kind, detail }) => `${kind} ${detail}`).join()).to.include(
      'truncated the file could not be read to its end: unexpected end of file',
    );
  });

  it('tells how far it is', async () => {
    await write('a', '{"a":1}\n'.repeat(300_000));
    const done: number[] = [];
    const [part] = await planParts(await findLogFiles([folder]));
    if (part === undefined) throw new Error('no part');
    const { events } = await readOne(part, (bytes) => done.push(bytes));
    expect(done).to.deep.equal(done.toSorted((left, right) => left - right));
    expect(done.at(-1)).to.equal(2_400_000);
    expect(events.length).to.equal(300_000);
  });

  const whole = async (path: string): Promise<readonly unknown[]> => comparable(await eventsOf(path));
  const comparable = (events: readonly LogEvent[]): readonly unknown[] =>
    events.map(({ fields, time }) => ({ fields: { ...fields }, time }));

  it('reads lines in parts of any size as it reads them at once, numbers and all', async () => {
    const line = fc.oneof(
      fc.nat(30).map((length) => JSON.stringify({ text: 'é'.repeat(length) })),
      fc.constantFrom('', '{', 'null', '{"a":1}\r'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 90 }),
        async (lines, isEnded, size) => {
          // The first line decides what the file is.
          const path = await write('parts', ['{"first":1}', ...lines].join('\n') + (isEnded ? '\n' : ''));
          const [file] = await findLogFiles([path]);
          if (file === undefined) throw new Error('no file');
          const parts = await planParts([file], size);
          if (file.bytes > 2 * size) expect(parts.length).to.equal(Math.ceil(file.bytes / size));
          const records: number[] = [];
          const events: LogEvent[] = [];
          let before = 0;
          for (const part of parts) {
            const read = await readOne(part);
            records.push(...read.events.map(({ origin }) => origin.record + before));
            events.push(...read.events);
            before += read.report.lines;
          }
          const atOnce = await readOne({ kind: 'whole', file });
          expect(comparable(events)).to.deep.equal(comparable(atOnce.events));
          expect(records).to.deep.equal(atOnce.events.map(({ origin }) => origin.record));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads the chunks of EVTX in parts as it reads them at once', async () => {
    const chunk = (number: number) =>
      chunkOf([
        {
          number,
          template: eventTree(1, 'Test/Log', element('EventData', {}, data('A', value(0)))),
          values: [utf16(`x${number}`)],
        },
      ]);
    const path = await write('log', fileOf([1, 2, 3, 4, 5].map(chunk)));
    const files = await findLogFiles([path]);
    const parts = await planParts(files, 65_536);
    expect(parts.map(({ kind }) => kind)).to.deep.equal(Array(5).fill('chunks'));
    const read = await Promise.all(parts.map((part) => readOne(part)));
    expect(read.flatMap(({ report }) => report.losses)).to.deep.equal([]);
    expect(comparable(read.flatMap(({ events }) => events))).to.deep.equal(await whole(path));
    expect(read.map(({ events }) => events[0]?.fields['A'])).to.deep.equal(['x1', 'x2', 'x3', 'x4', 'x5']);
  });

  it('reads Parquet, with names that DuckDB would take for patterns', async () => {
    const path = join(folder, 'odd [name]*.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1 AS "EventID", 'Security' AS "Channel", TIMESTAMP '2024-01-02 03:04:05.678901' AS "TimeCreated", NULL::VARCHAR AS "Absent",
        9007199254740993 AS "Big", [1, 2] AS "List", {'a': 'x'} AS "Struct" UNION ALL
       SELECT 2, 'Security', NULL, 'here', 1, NULL, NULL) TO ${sqlString(path)} (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const events = await eventsOf(path);
    expect(events.map(({ fields, time, source }) => [{ ...fields }, time, source.eventId])).to.deep.equal([
      [
        {
          EventID: 1,
          Channel: 'Security',
          TimeCreated: '2024-01-02T03:04:05.678901Z',
          Big: '9007199254740993',
          List: [1, 2],
          'Struct.a': 'x',
        },
        Date.UTC(2024, 0, 2, 3, 4, 5) * 1000 + 678_901,
        1,
      ],
      [{ EventID: 2, Channel: 'Security', Absent: 'here', Big: 1 }, null, 2],
    ]);
  });

  it('counts what is wrong with a Parquet file instead of giving up', async () => {
    await write('x', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100, 7)]));
    const [report] = (await readAll(folder)).map((read) => read.report);
    expect([report?.format, report?.events]).to.deep.equal(['parquet', 0]);
    expect(report?.losses[0]?.detail).to.match(/^Parquet: /);
  });

  it("dates syslog without years by the file's own date", async () => {
    const path = await write('messages', 'Dec 31 23:00:00 h a: x\nJan  1 01:00:00 h a: x\n');
    await utimes(path, new Date(), new Date('2022-01-01T02:00:00Z'));
    const events = await eventsOf(path);
    expect(events.map(({ time }) => time)).to.deep.equal([
      Date.UTC(2021, 11, 31, 23) * 1000,
      Date.UTC(2022, 0, 1, 1) * 1000,
    ]);
  });

  it('reads of a recording the events only', async () => {
    await write('run/recording/manifest.json', '{}');
    await write('run/recording/events/0.parquet', 'PAR1');
    await write('run/recording/raw/ws1/trace.log', 'x');
    expect((await readAll(join(folder, 'run'))).map(({ file }) => relative(folder, file))).to.deep.equal([
      'run/recording/events/0.parquet',
    ]);
  });

  it('follows links to files, and none that could lead in a circle', async () => {
    await write('logs/a', '{"a":1}\n');
    await symlink('a', join(folder, 'logs/b'));
    await symlink('..', join(folder, 'logs/up'));
    await symlink('nowhere', join(folder, 'logs/z'));
    expect((await readAll(folder)).map(short)).to.deep.equal([
      'logs/a ndjson 1',
      'logs/b ndjson 1',
      'logs/z - 0 a link that leads nowhere',
    ]);
  });

  it('refuses a path that does not exist', async () => {
    const error = await readAll(join(folder, 'none')).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(HarnessError);
    expect((error as HarnessError).code).to.equal('logs/no-such-path');
  });

  it('stops when it is told to', async () => {
    const path = await write('a', '{"a":1}\n'.repeat(500_000));
    const [file] = await findLogFiles([path]);
    if (file === undefined) throw new Error('no file');
    const controller = new AbortController();
    let seen = 0;
    const error = await (async () => {
      for await (const events of readPart({ kind: 'whole', file }, { sourceOf, signal: controller.signal })) {
        seen += events.length;
        controller.abort(new Error('enough'));
      }
    })().catch((reason: unknown) => reason);
    expect((error as Error).message).to.equal('enough');
    expect(seen).to.be.within(1, 499_999);
  });
});
