/**
 * Runs a lab until it is killed, as a process of its own: `owner.ts <driver> <run id> <evidence folder>`. Prints a line for every stage
 * it reaches.
 */
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { hostSpec, run, sh, zones } from './drill-lab.ts';

const [name, runId = '', evidence = ''] = process.argv.slice(2);
const driver = name === 'docker' ? createDockerDriver({}) : createNamespaceDriver({});
const { signal } = new AbortController();

const availability = await driver.probe(signal);
if (!availability.available) throw new Error(availability.reason);
console.log('begin');
const lab = await driver.openLab({ runId, zones, evidence, signal });
console.log('open');
const hosts = await Promise.all(
  ['10.77.1.10', '198.51.100.20'].map((address, index) => lab.addHost(hostSpec(`host-${index}`, address), [])),
);
console.log('hosts');
await Promise.all(hosts.map((host) => run(host, ['/bin/true'])));
console.log(`ran ${process.getuid?.()}`);
await Promise.all(hosts.map((host) => sh(host, 'setsid sleep 1000 & sleep 1000', { timeoutMs: 600_000 })));
