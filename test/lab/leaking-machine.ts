/**
 * Plays a machine whose lab leaks. Run as root of a network namespace of its own, so that nothing real is touched: lays a cable
 * from the lab's fabric to this "machine", and prints what the proof of the seal says before and after.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { hostSpec, zones } from './drill-lab.ts';
import { processesOfRun } from './outside.ts';

const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' });
ip('link', 'set', 'lo', 'up');

const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
const runId = `leaking-${process.pid}`;
const lab = await createNamespaceDriver({}).openLab({ runId, zones, evidence, signal: new AbortController().signal });
await lab.addHost(hostSpec('one', '10.77.1.10'), []);
console.log(JSON.stringify(await lab.proveSealed()));

const fabric = processesOfRun(runId).find(({ name }) => name === 'cat');
if (fabric === undefined) throw new Error('no fabric');
ip('link', 'add', 'leak', 'type', 'veth', 'peer', 'name', 'leaked', 'netns', String(fabric.pid));
// No IPv6 address of its own making, for which the listeners would wait.
ip('link', 'set', 'leak', 'addrgenmode', 'none');
ip('addr', 'add', '192.0.2.1/30', 'dev', 'leak');
ip('link', 'set', 'leak', 'up');
ip('route', 'add', '10.77.1.0/24', 'via', '192.0.2.2');
const inFabric = ['--target', String(fabric.pid), '--user', '--net', '--preserve-credentials', '--', 'ip'];
execFileSync('nsenter', [...inFabric, 'addr', 'add', '192.0.2.2/30', 'dev', 'leaked']);
execFileSync('nsenter', [...inFabric, 'link', 'set', 'leaked', 'up']);
// Both ends are up a moment before the kernel sends anything through them.
const isUp = (): boolean => ip('link', 'show', 'leak').includes('state UP');
for (let tries = 0; tries < 100 && !isUp(); tries += 1) await delay(20);
console.log(JSON.stringify(await lab.proveSealed()));
await lab.down();
rmSync(evidence, { recursive: true });
