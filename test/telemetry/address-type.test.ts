import { expect } from 'chai';
import { classifyAddress, productAddressType } from '../../src/telemetry/address-type.ts';
import { manifest } from '../support/events.ts';

describe('the type of an address', () => {
  for (const [address, type] of [
    ['8.8.8.8', 'Public'],
    ['10.13.37.10', 'Private'],
    ['172.16.0.1', 'Private'],
    ['172.32.0.1', 'Public'],
    ['192.168.1.1', 'Private'],
    ['127.0.0.1', 'Loopback'],
    ['127.8.9.10', 'Loopback'],
    ['::1', 'Loopback'],
    ['0.0.0.0', 'Reserved'],
    ['203.0.113.7', 'Reserved'],
    ['198.51.100.7', 'Reserved'],
    ['224.0.0.251', 'Reserved'],
    ['255.255.255.255', 'Broadcast'],
    ['2001:0:1::1', 'Teredo'],
    ['::ffff:8.8.8.8', 'FourToSixMapping'],
    ['fd00::1', 'Private'],
    ['2a00:1450::1', 'Public'],
    ['no address', null],
    ['', null],
  ] as const) {
    it(`is ${String(type)} for ${address === '' ? 'nothing' : address}`, () => {
      expect(productAddressType(address)).to.equal(type);
    });
  }

  it('is what a zone declares, and says so, where the product would say something else', () => {
    const { topology } = manifest();
    expect(classifyAddress('203.0.113.7', topology)).to.deep.equal({
      address: '203.0.113.7',
      type: 'Public',
      declared: true,
    });
    expect(classifyAddress('10.13.37.10', topology)).to.deep.equal({
      address: '10.13.37.10',
      type: 'Private',
      declared: false,
    });
    expect(classifyAddress('198.51.100.7', topology)).to.deep.equal({
      address: '198.51.100.7',
      type: 'Reserved',
      declared: false,
    });
    expect(classifyAddress('::1', topology)).to.deep.equal({ address: '::1', type: 'Loopback', declared: false });
  });
});
