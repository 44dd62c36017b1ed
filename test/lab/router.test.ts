import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver, HostFile, Lab } from '../../src/lab/driver.ts';
import { createAuthority } from '../../src/lab/tls/authority.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { realTime } from '../../src/model/drill-clock.ts';
import type { StepResult } from '../../src/model/step.ts';
import type { ServiceSpec, Zone } from '../../src/model/topology.ts';
import { collectEvidence, labFacts } from '../../src/run/evidence.ts';
import { trustFiles } from '../../src/run/trust.ts';
import { manifest } from '../support/events.ts';
import { productRows } from '../support/product-rows.ts';
import { hostSpec, openDrillLab, sh, stepOn, zones as plainZones } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

const outside = '203.0.113.9';

/** The office behind one address, with one port published: that of its host's name server, over TCP. */
const zones: readonly Zone[] = plainZones.map((zone) =>
  zone.name === 'office'
    ? { ...zone, translation: { address: outside, publish: [{ port: 5353, address: '10.77.1.30', hostPort: 53 }] } }
    : zone,
);

const names: ServiceSpec = {
  name: 'names',
  kind: 'dns',
  options: { address: '0.0.0.0', port: 53, zones: 'lab.example', records: 'c2.lab.example A 203.0.113.10' },
};

const commandAndControl: ServiceSpec = {
  name: 'c2',
  kind: 'c2',
  options: {
    ...{ address: '0.0.0.0', http: '8080', https: '8443', tcp: '', keepAlive: false, certificate: 'lab' },
    ...{ answer: 'checked in', sleep: 60, jitter: 0, seed: 1, files: '' },
  },
};

/** Asks a name server over TCP and prints the address that answers. */
const ask = (server: string, port = 53): string =>
  `perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(PeerAddr => "${server}", PeerPort => ${port}, Timeout => 3) or die "no: $!";
my $q = pack("n*", 7, 256, 1, 0, 0, 0) . "\\2c2\\3lab\\7example\\0" . pack("n2", 1, 1);
print $s pack("n", length $q) . $q; $s->flush; read $s, my $n, 2; read $s, my $a, unpack "n", $n; print join ".", unpack "C4", substr $a, -4'`;

const losses = (outputs: Awaited<ReturnType<typeof collectEvidence>>): readonly string[] =>
  outputs.flatMap(({ report }) => report.losses.map(({ detail }) => `${report.host} ${report.sensor}: ${detail}`));

const firewallRows = (outputs: Awaited<ReturnType<typeof collectEvidence>>) =>
  productRows(
    'CommonSecurityLog',
    outputs.flatMap(({ events }) => events),
    {},
  );

for (const driver of [createNamespaceDriver({}), createDockerDriver({})] satisfies readonly Driver[]) {
  describe(`the router of a lab of the ${driver.name} driver`, function () {
    this.timeout(60_000);
    before(async function () {
      await requireLab(this, driver);
    });

    const serve = async (
      lab: Lab,
      name: string,
      address: string,
      service: ServiceSpec = names,
      files: readonly HostFile[] = [],
    ): Promise<{ step: StepResult; stop: () => Promise<void> }> => {
      const host = await lab.addHost({ ...hostSpec(name, address), services: [service] }, files);
      const step = stepOn(host, 'service');
      const startedAt = Date.now() * 1000;
      const handle = await host.startService(service, step);
      const furniture = {
        ...{ step, argv: [service.kind], pid: handle.pid, startedAt, finishedAt: startedAt },
        exitCode: null,
      };
      return { step: furniture as unknown as StepResult, stop: () => handle.stop() };
    };

    it('hides a zone behind one address, and a service’s record still names the command that asked', async () => {
      await using drill = await openDrillLab(driver, undefined, zones);
      const server = await serve(drill.lab, 'names', '198.51.100.20');
      const [one, two] = await Promise.all([
        drill.lab.addHost(hostSpec('one', '10.77.1.10'), []),
        drill.lab.addHost(hostSpec('two', '10.77.1.11'), []),
      ]);
      const asking = await Promise.all([sh(one, ask('198.51.100.20')), sh(two, ask('198.51.100.20'))]);
      for (const { stdout, stderr } of asking) expect(stdout + stderr).to.equal('203.0.113.10');
      expect((await drill.lab.proveSealed()).leaks).to.deep.equal([]);
      await server.stop();
      await Promise.all([...drill.lab.hosts.values()].map((host) => host.flushTrace()));
      await drill.lab.down();

      const outputs = await collectEvidence(labFacts(drill.lab, zones), [...asking, server.step], realTime);
      const served = outputs.find(({ report }) => report.sensor === 'service-log')?.events ?? [];
      expect(served.map((event) => event['source.ip'])).to.deep.equal([outside, outside]);
      expect(served.map((event) => event['tocsin.step'])).to.have.members(asking.map(({ step }) => step.id));
      const crossed = await firewallRows(outputs);
      expect(crossed.map((row) => row['SourceIP'])).to.have.members(['10.77.1.10', '10.77.1.11']);
      // A question over TCP is its length, a header, a name of 16 octets, type and class; its answer repeats it, and the name with an address.
      for (const row of crossed)
        expect(row).to.include({
          ...{ DestinationIP: '198.51.100.20', DestinationPort: 53, Protocol: 'TCP', SourceTranslatedAddress: outside },
          ...{ DeviceAction: 'allow', EventOutcome: 'success', SentBytes: 34, ReceivedBytes: 64 },
        });
      expect(losses(outputs)).to.deep.equal([]);
    });

    it('and a proxy behind it hide nothing: a request over TLS is still of the command that made it', async () => {
      await using drill = await openDrillLab(driver, undefined, zones);
      const { topology } = manifest();
      const authority = createAuthority(Date.now() * 1000);
      const trusted = (name: string, address: string): readonly HostFile[] =>
        trustFiles(authority, hostSpec(name, address), topology);
      const c2 = await serve(drill.lab, 'c2', '198.51.100.20', commandAndControl, trusted('c2', '198.51.100.20'));
      const proxy = await serve(drill.lab, 'proxy', '198.51.100.30', {
        name: 'proxy',
        kind: 'proxy',
        options: { address: '0.0.0.0', port: 3128 },
      });
      const client = await drill.lab.addHost(hostSpec('client', '10.77.1.10'), trusted('client', '10.77.1.10'));
      const curl = (url: string): string => `curl -sS -x http://198.51.100.30:3128 ${url}`;
      const secure = await sh(client, curl('https://198.51.100.20:8443/in'));
      const plain = await sh(client, curl('http://198.51.100.20:8080/in'));
      for (const { stdout, stderr } of [secure, plain]) expect(stdout + stderr).to.equal('checked in');
      for (const { stop } of [proxy, c2]) await stop();
      await Promise.all([...drill.lab.hosts.values()].map((host) => host.flushTrace()));
      await drill.lab.down();

      const steps = [secure, plain, proxy.step, c2.step];
      const outputs = await collectEvidence(labFacts(drill.lab, zones), steps, realTime);
      const records = outputs.filter(({ report }) => report.sensor === 'service-log').flatMap(({ events }) => events);
      const said = records.map((event) => [
        event['event.dataset'],
        event['source.ip'],
        event['tocsin.cause'],
        event['tocsin.step'],
      ]);
      expect(said).to.have.deep.members([
        ['proxy.access', outside, 'connection', secure.step.id],
        ['proxy.access', outside, 'connection', plain.step.id],
        ['c2.access', '198.51.100.30', 'proxy', secure.step.id],
        ['c2.access', '198.51.100.30', 'proxy', plain.step.id],
      ]);
      expect(losses(outputs)).to.deep.equal([]);
    });

    it('lets in what was asked for and what is published, and nothing else', async () => {
      await using drill = await openDrillLab(driver, undefined, zones);
      const inner = await serve(drill.lab, 'inner', '10.77.1.30');
      const caller = await drill.lab.addHost(hostSpec('caller', '198.51.100.20'), []);
      const published = await sh(caller, ask(outside, 5353));
      expect(published.stdout).to.equal('203.0.113.10');
      const refused = [await sh(caller, ask('10.77.1.30')), await sh(caller, ask(outside, 53))];
      for (const { stderr } of refused) expect(stderr).to.match(/^no: /);
      await inner.stop();
      await Promise.all([...drill.lab.hosts.values()].map((host) => host.flushTrace()));
      await drill.lab.down();
      const outputs = await collectEvidence(labFacts(drill.lab, zones), [published, ...refused, inner.step], realTime);
      const served = outputs.find(({ report }) => report.sensor === 'service-log')?.events ?? [];
      expect(served.map((event) => [event['source.ip'], event['tocsin.step']])).to.deep.equal([
        ['198.51.100.20', published.step.id],
      ]);
      const told = (await firewallRows(outputs)).map((row) => [
        ...[row['DestinationIP'], row['DestinationPort'], row['DeviceAction'], row['DestinationTranslatedAddress']],
      ]);
      expect(told).to.have.deep.members([
        [outside, 5353, 'allow', '10.77.1.30'],
        ['10.77.1.30', 53, 'deny', undefined],
        [outside, 53, 'deny', undefined],
      ]);
    });
  });
}
