import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readEvtx } from '../../../src/formats/evtx/read-evtx.ts';
import { chunkBytes } from '../../../src/formats/evtx/file-header.ts';
import type { LogEvent } from '../../../src/model/log-event.ts';
import { fieldsOf, readLog } from '../../support/read-log.ts';

const corpus = join(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'sigma');
const archives = ['evtx-samples.tar.gz', 'regression-evtx.tar.gz'].map((name) => join(corpus, name));

describe('the sample event logs of the corpus', function () {
  this.timeout(60_000);
  const files = new Map<string, Buffer>();

  before(async function () {
    if (!archives.every((file) => existsSync(file)) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-evtx-'));
    try {
      for (const archive of archives) execFileSync('tar', ['-xzf', archive, '-C', folder]);
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.evtx'));
      for (const name of names.sort()) files.set(name.replace(/^.*\//, ''), readFileSync(join(folder, name)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('have as many events as libevtx counts, in each of the 90 files', async () => {
    const lines = readFileSync(join(corpus, 'evtx-samples-counts.tsv'), 'utf8').trim().split('\n');
    const wanted = Object.fromEntries(lines.map((line) => line.split('\t'))) as Record<string, string>;
    expect(lines.length).to.equal(90);
    const found: Record<string, string> = {};
    for (const name of Object.keys(wanted)) {
      const { events } = await readLog(readEvtx, files.get(name) ?? Buffer.alloc(0));
      found[name] = String(events.length);
    }
    expect(found).to.deep.equal(wanted);
  });

  it('are read without any loss, each record with its time, source and event id', async () => {
    for (const [name, bytes] of files) {
      const { events, losses } = await readLog(readEvtx, bytes);
      expect(losses, name).to.deep.equal([]);
      for (const { source, time, fields } of events) {
        expect(source.channel, name).to.be.a('string');
        expect(source.eventId, name).to.equal(fields['EventID']);
        expect(time, name).to.be.within(Date.UTC(2000, 0) * 1000, Date.UTC(2030, 0) * 1000);
      }
    }
  });

  it('keep hexadecimal numbers, GUIDs, SIDs and the times of Windows as Windows prints them', async () => {
    const { events } = await readLog(
      readEvtx,
      files.get('DE_BYOV_Zam64_CA_Memdump_sysmon_7_10.evtx') ?? Buffer.alloc(0),
    );
    const access = events.find(({ source }) => source.eventId === 10);
    expect(access?.fields['GrantedAccess']).to.equal('0x1fffff');
    expect(access?.fields['SourceProcessGUID']).to.equal('{747f3d96-2b98-5e41-0000-00109c904700}');
    const cleared = await readLog(readEvtx, files.get('DE_104_system_log_cleared.evtx') ?? Buffer.alloc(0));
    expect(fieldsOf(cleared.events[0])).to.deep.equal({
      Provider_Name: 'Microsoft-Windows-Eventlog',
      Provider_Guid: '{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}',
      EventID: 104,
      Version: 0,
      Level: 4,
      Task: 104,
      Opcode: 0,
      Keywords: '0x8000000000000000',
      TimeCreated_SystemTime: '2019-03-19T23:34:25.8943413Z',
      EventRecordID: 27736,
      Execution_ProcessID: 812,
      Execution_ThreadID: 3916,
      Channel: 'System',
      System_Channel: 'System',
      Computer: 'PC01.example.corp',
      Security_UserID: 'S-1-5-21-1587066498-1489273250-1035260531-1106',
      SubjectUserName: 'user01',
      SubjectDomainName: 'EXAMPLE',
      BackupPath: '',
    });
  });

  it('lose nothing in silence: a changed byte of a record or a header of a chunk is counted', async () => {
    const samples = [...files.values()];
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (file, place, change) => {
        const bytes = Buffer.from(samples[file % samples.length] ?? Buffer.alloc(0));
        const end = bytes.readUInt32LE(4096 + 48);
        const covered = 4096 + 128 + (place % (end - 128));
        bytes[covered] = (bytes[covered] ?? 0) ^ change;
        expect((await readLog(readEvtx, bytes)).losses).not.to.deep.equal([]);
      }),
      { numRuns: 1000, seed: 20_261_130 },
    );
  });

  it('give every record of the chunks around one that is damaged, and count it', async () => {
    const chunks = [...files.values()].map((bytes) => bytes.subarray(4096, 4096 + chunkBytes));
    const changes = fc.array(fc.tuple(fc.nat({ max: chunkBytes - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 60,
    });
    const inHeader = fc.array(fc.tuple(fc.nat({ max: 511 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 30 });
    const read = (parts: readonly Buffer[]) =>
      readLog((file, context) => readEvtx(file, context, { bytes: 0, chunks: parts.length }), Buffer.concat(parts));
    const recordsOf = (events: readonly LogEvent[]) => events.map((event) => [event.origin.record, fieldsOf(event)]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { minLength: 3, maxLength: 5 }),
        fc.nat(),
        fc.oneof(changes, inHeader),
        async (picked, at, spoiled) => {
          const parts = picked.map((one) => chunks[one % chunks.length] ?? Buffer.alloc(chunkBytes));
          const which = at % parts.length;
          const damaged = Buffer.from(parts[which] ?? Buffer.alloc(0));
          for (const [place, value] of spoiled) damaged[place] = value;
          const before = recordsOf((await read(parts.slice(0, which))).events);
          const after = recordsOf((await read(parts.slice(which + 1))).events);
          const all = await read(parts.with(which, damaged));
          const found = recordsOf(all.events);
          expect(found.slice(0, before.length)).to.deep.equal(before);
          expect(after.length === 0 ? [] : found.slice(-after.length)).to.deep.equal(after);
          const undamaged = await read(parts);
          if (all.events.length < undamaged.events.length) expect(all.losses).not.to.deep.equal([]);
        },
      ),
      { numRuns: 150, seed: 20_261_130 },
    );
  });

  it('never crash or hang the reader, however they are damaged', async () => {
    const samples = [...files.values()];
    const place = fc.nat({ max: 12_000 });
    const damage = fc.oneof(
      fc.record({ kind: fc.constant('byte'), place, value: fc.nat({ max: 255 }) }),
      fc.record({ kind: fc.constant('number'), place, value: fc.nat({ max: 70_000 }) }),
      fc.record({ kind: fc.constant('copy'), place, value: place }),
      fc.record({ kind: fc.constant('cut'), place, value: fc.constant(0) }),
      fc.record({ kind: fc.constant('insert'), place, value: fc.nat({ max: 600 }) }),
      fc.record({ kind: fc.constant('remove'), place, value: fc.nat({ max: 600 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(damage, { minLength: 1, maxLength: 30 }), async (file, damages) => {
        const damaged = damages.reduce(spoil, Buffer.from(samples[file % samples.length] ?? Buffer.alloc(0)));
        const began = performance.now();
        const { events } = await readLog(readEvtx, damaged);
        expect(performance.now() - began).to.be.lessThan(5000);
        expect(events.length).to.be.lessThan(1000);
      }),
      { numRuns: 1500, seed: 20_261_130 },
    );
  });
});

interface Damage {
  readonly kind: string;
  readonly place: number;
  readonly value: number;
}

const spoil = (bytes: Buffer, { kind, place: offset, value }: Damage): Buffer => {
  const place = Math.min(offset + 4000, Math.max(0, bytes.length - 4));
  if (bytes.length < 8) return bytes;
  if (kind === 'cut') return place % 7 === 0 ? bytes.subarray(0, place) : bytes;
  if (kind === 'insert')
    return Buffer.concat([bytes.subarray(0, place), Buffer.alloc(value, 0x2a), bytes.subarray(place)]);
  if (kind === 'remove') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + value)]);
  if (kind === 'byte') bytes[place] = value;
  else if (kind === 'number') bytes.writeUInt32LE(value, place);
  else bytes.copy(bytes, place, Math.min(value, bytes.length), value + 400);
  return bytes;
};
