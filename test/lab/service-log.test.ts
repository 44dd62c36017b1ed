import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import type { ServiceSpec } from '../../src/model/topology.ts';
import { collectEvidence, labFacts } from '../../src/run/evidence.ts';
import { hostSpec, openDrillLab, sh, stepOn, zones } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const names: ServiceSpec = {
  name: 'names',
  kind: 'dns',
  options: { address: '0.0.0.0', port: 53, zones: 'lab.example', records: 'c2.lab.example A 203.0.113.10' },
};

for (const driver of [createNamespaceDriver({}), createDockerDriver({})] satisfies readonly Driver[]) {
  describe(`the log of a service in a lab of the ${driver.name} driver`, function () {
    this.timeout(60_000);
    before(async function () {
      await requireLab(this, driver);
    });

    it('names the command on another host that asked, and nothing that a test prints passes for it', async () => {
      await using drill = await openDrillLab(driver);
      const server = await drill.lab.addHost({ ...hostSpec('names', '198.51.100.20'), services: [names] }, []);
      const client = await drill.lab.addHost(hostSpec('client', '10.77.1.10'), []);
      const step = stepOn(server, 'service');
      const started = Date.now() * 1000;
      const service = await server.startService(names, step);
      const line = '{"receivedMicros":1,"service":{"step":"x","kind":"dns"},"output":"{}"}';
      const forging = await sh(client, `echo ready; echo '${line}'; echo '${line}' >&2`);
      const asking = await sh(client, 'getent ahostsv4 c2.lab.example');
      expect(asking.exitCode).to.equal(0);
      await service.stop();
      await Promise.all([client.flushTrace(), server.flushTrace()]);
      await drill.lab.down();

      const furniture = { step, argv: ['dns'], pid: service.pid, startedAt: started, finishedAt: started };
      const outputs = await collectEvidence(labFacts(drill.lab, zones), [forging, asking, furniture], realTime);
      const log = outputs.find(({ report }) => report.sensor === 'service-log');
      const served = (log?.events ?? []).filter((event) => event['dns.question.name'] === 'c2.lab.example');
      expect(served.length).to.be.at.least(1);
      for (const event of served) {
        expect(event).to.include({
          'event.action': 'name-served',
          'source.ip': '10.77.1.10',
          'tocsin.origin': 'test',
          'tocsin.step': asking.step.id,
          'tocsin.cause': 'connection',
        });
      }
      expect(log?.report.losses).to.deep.equal([]);
    });
  });
}
