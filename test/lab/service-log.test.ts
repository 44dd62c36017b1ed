import { join } from 'node:path';
import { expect } from 'chai';
import { loadContent } from '../../src/content/load-content.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import type { ServiceSpec } from '../../src/model/topology.ts';
import { collectEvidence, labFacts } from '../../src/run/evidence.ts';
import { hostSpec, openDrillLab, run, sh, stepOn, zones } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const names: ServiceSpec = {
  name: 'names',
  kind: 'dns',
  options: { address: '0.0.0.0', port: 53, zones: 'lab.example', records: 'c2.lab.example A 203.0.113.10' },
};

const { directory } = await loadContent(join(import.meta.dirname, '../..'));

const cloud: ServiceSpec = {
  name: 'cloud',
  kind: 'microsoft',
  options: {
    ...{ address: '0.0.0.0', port: 80, tls: false, providers: '[]' },
    directory: JSON.stringify(directory),
  },
};

const wanted = 1000;

/** Five at a time, each on a connection of its own. In Perl: what runs with the lab's own interpreter is the harness. */
const signIns = `use IO::Socket::INET;
my $body = 'grant_type=password&client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46&scope=User.Read&username=a@b&password=c';
for my $part (1 .. 5) {
  next if fork;
  for (1 .. ${wanted / 5}) {
    my $socket = IO::Socket::INET->new(PeerAddr => '198.51.100.20', PeerPort => 80) or die $!;
    print $socket "POST /common/oauth2/v2.0/token HTTP/1.1\\r\\nHost: login.microsoftonline.com\\r\\n"
      . "Connection: close\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body";
    $socket->flush;
    1 while <$socket>;
  }
  exit;
}
1 while wait != -1;
print "done";`;

for (const driver of [createNamespaceDriver({}), createDockerDriver({})] satisfies readonly Driver[]) {
  describe(`the log of a service in a lab of the ${driver.name} driver`, function () {
    this.timeout(120_000);
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

    it('loses none of a thousand sign-ins, and knows whose each of them is', async () => {
      await using drill = await openDrillLab(driver);
      const server = await drill.lab.addHost({ ...hostSpec('entra', '198.51.100.20'), services: [cloud] }, []);
      const client = await drill.lab.addHost(hostSpec('client', '10.77.1.10'), []);
      const step = stepOn(server, 'service');
      const started = Date.now() * 1000;
      const service = await server.startService(cloud, step);
      const load = await run(client, ['/usr/bin/perl', '-e', signIns], { timeoutMs: 60_000 });
      expect(load.stdout).to.equal('done');
      await service.stop();
      await Promise.all([client.flushTrace(), server.flushTrace()]);
      await drill.lab.down();

      const furniture = { step, argv: ['microsoft'], pid: service.pid, startedAt: started, finishedAt: started };
      const outputs = await collectEvidence(labFacts(drill.lab, zones), [load, furniture], realTime);
      const log = outputs.find(({ report }) => report.sensor === 'service-log');
      const logged = (log?.events ?? []).filter((event) => event['event.action'] === 'sign-in');
      expect(logged).to.have.length(wanted);
      expect(new Set(logged.map((event) => event['tocsin.step']))).to.deep.equal(new Set([load.step.id]));
      expect(log?.report.losses).to.deep.equal([]);
    });
  });
}
