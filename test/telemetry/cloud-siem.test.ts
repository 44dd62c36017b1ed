import { expect } from 'chai';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { connection, event, manifest, noon } from '../support/events.ts';
import { productRows, readRows } from '../support/product-rows.ts';

describe('sec_record_network', () => {
  it('has the process of a connection in baseImage, and application empty, as Sumo’s mapping of Sysmon fills it', async () => {
    const [row] = await productRows('sec_record_network', [connection({ 'destination.port': 443 })]);
    expect(row).to.include({
      objectType: 'Network',
      metadata_deviceEventId: 'Microsoft-Windows-Sysmon/Operational-3',
      srcDevice_hostname: 'ws1',
      srcDevice_ip: '10.13.37.10',
      dstDevice_ip: '203.0.113.7',
      dstDevice_ip_version: 4,
      dstPort: 443,
      ipProtocol: 'tcp',
    });
    expect(row?.['baseImage']).to.match(/\.exe$/i);
    expect(row).not.to.have.property('application');
    expect(row).not.to.have.property('bytesOut');
  });

  it('gives times in milliseconds, shifted with the scope', async () => {
    const hour = 3_600_000_000;
    await using hub = await openHub({ manifest: manifest(), events: [connection()] });
    const time = async (): Promise<unknown> => (await readRows(hub, 'sec_record_network'))[0]?.['timestamp'];
    expect(Number(await time())).to.equal(Math.floor(noon / 1000));
    await hub.setScope({ variant: null, shiftMicros: hour });
    expect(Number(await time())).to.equal(Math.floor((noon + hour) / 1000));
  });

  it('has a DNS question without an address it went to', async () => {
    const [row] = await productRows('sec_record_network', [
      event({
        'event.action': 'dns-query',
        'dns.question.name': 'a.b.c2.example',
        'dns.response_code': 'NOERROR',
        'dns.answers': '[{"type":"CNAME","data":"x.example"},{"type":"A","data":"203.0.113.7"}]',
      }),
    ]);
    expect(row).to.include({
      objectType: 'NetworkDNS',
      dns_query: 'a.b.c2.example',
      dns_queryDomain: 'c2.example',
      dns_replyIp: '203.0.113.7',
      dns_returnCode: '0',
    });
    expect(row).not.to.have.property('dstDevice_ip');
  });
});
