/**
 * What a drill costs beyond its test: `node bench/drill.ts [namespace|docker]` runs the main scenario and takes the longest test's
 * own time away. Target on two cores: lab ready, drill, judged and reported in 15 s.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadScenario, runScenario } from '../src/api/run-scenario.ts';
import { createDockerDriver } from '../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../src/lab/namespace/driver.ts';
import type { RunEvent } from '../src/model/run-event.ts';
import { systemClock } from '../src/util/clock.ts';

const driver = process.argv[2] === 'docker' ? createDockerDriver({}) : createNamespaceDriver({});
const reports = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const began = performance.now();
const seen: { readonly type: RunEvent['type']; readonly at: number; readonly elapsedMs: number }[] = [];

const at = (type: RunEvent['type']): number => seen.find((event) => event.type === type)?.at ?? NaN;
const last = (type: RunEvent['type']): number => seen.findLast((event) => event.type === type)?.at ?? NaN;
const report = (what: string, milliseconds: number): void =>
  console.log(`${what.padEnd(48)} ${(milliseconds / 1000).toFixed(1).padStart(7)} s`);

try {
  console.log(`${driver.name} driver, load average ${loadavg()[0]?.toFixed(2)}, node ${process.version}`);
  const loaded = await loadScenario(resolve(import.meta.dirname, '..'), 't1583-003');
  const { result } = await runScenario(loaded, {
    reports,
    driver,
    clock: systemClock,
    signal: new AbortController().signal,
    emit: (event) =>
      seen.push({
        type: event.type,
        at: performance.now() - began,
        elapsedMs: 'elapsedMs' in event ? event.elapsedMs : 0,
      }),
  });
  const total = performance.now() - began;
  const longest = Math.max(...seen.filter(({ type }) => type === 'step-finished').map(({ elapsedMs }) => elapsedMs));
  report('lab ready and sealed, content loaded before', at('lab-ready'));
  report('longest test', longest);
  report('settled, cleaned up, sealed, down, parsed, stored', at('judged') - last('step-finished'));
  report('judged and reported, after the first result', total - at('judged'));
  report('in all, without the longest test', total - longest);
  console.log(`exit code ${result.exitCode}`);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
