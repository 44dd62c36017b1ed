// Events per second through Parquet, hub and product tables; what a scope and a query cost after that.
// node bench/telemetry.ts [events]
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabEvent } from '../src/model/event.ts';
import { openRecording } from '../src/recording/open-recording.ts';
import { writeRecording } from '../src/recording/write-recording.ts';
import { openHub } from '../src/telemetry/open-hub.ts';
import { connection, event, manifest, noon } from '../test/support/events.ts';

const total = Number(process.argv[2] ?? 100_000);
const batchSize = 10_000;

const make = (index: number): LabEvent => {
  const common = {
    'event.id': `ws1:trace:${String(index)}`,
    '@timestamp': noon + index * 1000,
    'process.pid': index % 5000,
    'process.entity_id': `ws1:${String(index % 5000)}:1`,
    'process.command_line': `powershell.exe -Command "${String(index)}"`,
    'tocsin.variant': `v${String(index % 8)}`,
  } as const;
  if (index % 4 === 0) return event({ ...common, 'event.action': 'process-start' });
  if (index % 4 === 1)
    return event({ ...common, 'event.action': 'file-create', 'file.path': `C:\\t\\${String(index)}` });
  if (index % 4 === 2) return event({ ...common, 'event.action': 'process-end' });
  return connection({ ...common, 'destination.ip': `203.0.113.${String(index % 256)}` });
};

function* batches(): Generator<readonly LabEvent[]> {
  for (let start = 0; start < total; start += batchSize) {
    yield Array.from({ length: Math.min(batchSize, total - start) }, (_, index) => make(start + index));
  }
}

const timed = async <T>(name: string, events: number, work: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  const rate = events > 0 ? `  ${Math.round(events / (ms / 1000)).toLocaleString('en')} events/s` : '';
  console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms${rate}`);
  return result;
};

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  await timed('make events', total, () => Promise.resolve([...batches()].length));
  await timed('make and write them to Parquet', total, () =>
    writeRecording(folder, { manifest: manifest(), events: batches() }),
  );
  const files = (await openRecording(folder)).eventFiles;
  const bytes = (await Promise.all(files.map(async (file) => (await stat(file)).size))).reduce((a, b) => a + b, 0);
  console.log(`Parquet: ${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB`);
  await using hub = await timed('Parquet → hub → every product table', total, () => openHub(folder));
  const rows = await hub.database.read('SELECT count(*) FROM "DeviceNetworkEvents"');
  console.log(`DeviceNetworkEvents: ${String(rows.rows[0]?.[0])} rows`);
  const repeat = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    await work();
    await timed(`${name} ×100`, 0, async () => {
      for (let n = 0; n < 100; n += 1) await work();
    });
  };
  await repeat('set a scope', () => hub.setScope({ variant: 'v3', shiftMicros: 60_000_000 }));
  await repeat('count a filtered table in a scope', () =>
    hub.database.read(`SELECT count(*) FROM "DeviceNetworkEvents" WHERE "RemoteIPType" = 'Public'`),
  );
  await repeat('summarize a table in a scope', () =>
    hub.database.read(
      `SELECT "DeviceName", "RemoteIP", count(*), min("Timestamp") FROM "DeviceNetworkEvents" GROUP BY ALL ORDER BY 3 DESC LIMIT 10`,
    ),
  );
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
