/**
 * What the trace costs and how fast it is read: `node bench/trace.ts`. Needs strace, bash and curl; everything stays on loopback.
 * Traced and untraced runs alternate, so that a busy machine slows both; ratios are of medians.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { straceArguments } from '../src/lab/trace-set.ts';
import type { SensorContext } from '../src/sensors/sensor.ts';
import { parseTrace } from '../src/sensors/trace/parse-trace.ts';

const rounds = 5;
const run = promisify(execFile);
const environment = { PATH: '/usr/bin:/bin' };

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const timed = async (program: string, args: readonly string[]): Promise<number> => {
  const started = performance.now();
  await run(program, args, { env: environment, maxBuffer: 1 << 28 });
  return performance.now() - started;
};

const context = (agentPid: number): SensorContext => ({
  host: 'bench',
  persona: 'linux',
  user: 'analyst',
  agentPid,
  launchers: [],
  harnessFolder: '/.tocsin',
  steps: [],
  markerVariable: 'TOCSIN_STEP',
  clock: { scale: 1, startMicros: 0 },
});

const folder = mkdtempSync(join(tmpdir(), 'trace-bench-'));
const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');

try {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const workloads: Readonly<Record<string, string>> = {
    '1000 forks that exec': 'for i in {1..1000}; do /bin/true; done',
    '50 parallel x 20 processes': 'for i in {1..50}; do (for j in {1..20}; do /bin/echo $i; done) & done; wait',
    '20 curls': `for i in {1..20}; do curl -s ${url}; done`,
    '1 curl, 200 requests': `curl -s '${url}[1-200]'`,
  };
  console.log(`load ${loadavg()[0]?.toFixed(1)}, medians of ${rounds}`);
  for (const [name, line] of Object.entries(workloads)) {
    const file = join(folder, name.replaceAll(' ', '-'));
    const times: { readonly plain: number; readonly traced: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      rmSync(file, { force: true });
      times.push({
        plain: await timed('bash', ['-c', line]),
        traced: await timed('strace', [...straceArguments(file), 'bash', '-c', line]),
      });
    }
    const plain = median(times.map((time) => time.plain));
    const traced = median(times.map((time) => time.traced));
    const kilobytes = Math.round(statSync(file).size / 1024);
    console.log(
      `${name}: ${plain.toFixed(0)} ms untraced, ${traced.toFixed(0)} ms traced: ${(traced / plain).toFixed(1)}x; ${kilobytes} KB`,
    );
  }

  // The same processes over and over, as a host that runs for days would have them, numbers used again included.
  const small = join(folder, '50-parallel-x-20-processes');
  const large = join(folder, 'large');
  const text = readFileSync(small, 'latin1');
  const agentPid = parseInt(text, 10);
  // The agent lives on from copy to copy.
  const copy = text.replace(new RegExp(`^${agentPid} .*\\+\\+\\+ exited with .*\n`, 'm'), '');
  writeFileSync(large, copy.repeat(50), 'latin1');
  const parses: number[] = [];
  let lines = 0;
  let events = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const output = await parseTrace(large, context(agentPid));
    parses.push(performance.now() - started);
    lines = output.integrity.lines;
    events = output.events.length;
  }
  const seconds = median(parses) / 1000;
  const megabytes = statSync(large).size / 1e6;
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `parse ${megabytes.toFixed(0)} MB: ${(lines / seconds / 1000).toFixed(0)}k lines/s, ${(events / seconds / 1000).toFixed(0)}k events/s, ` +
      `${(megabytes / seconds).toFixed(0)} MB/s (${lines} lines, ${events} events, ${seconds.toFixed(2)} s; ${memory} MB resident)`,
  );
} finally {
  server.close();
  rmSync(folder, { recursive: true });
}
