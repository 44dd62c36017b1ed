import { expect } from 'chai';
import fc from 'fast-check';
import type { Zone } from '../../../src/model/topology.ts';
import {
  gatewayOf,
  hardwareAddressOf,
  isInZone,
  prefixLengthOf,
  prefixesOverlap,
  resolverOf,
} from '../../../src/lab/network.ts';

const zone = (prefix: string): Zone => ({
  name: 'z',
  kind: 'corporate',
  prefix,
  ipType: 'Private',
  asNumber: null,
  asOrganization: null,
});

const address = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255))).map((bytes) => bytes.join('.'));

const numberOf = (text: string): bigint => text.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Prefixes as sets of numbers: the plain meaning that the code is held to. */
const rangeOf = (prefix: string): readonly [bigint, bigint] => {
  const [network = '', bits = ''] = prefix.split('/');
  const size = 1n << (32n - BigInt(bits));
  const first = (numberOf(network) / size) * size;
  return [first, first + size - 1n];
};

const prefix = fc.tuple(address, fc.integer({ min: 1, max: 30 })).map(([network, bits]) => `${network}/${bits}`);

describe('a zone', () => {
  it('asks its resolver for names, and its router where it has none', () => {
    expect(resolverOf({ ...zone('10.1.0.0/24'), resolver: '10.9.0.53' })).to.equal('10.9.0.53');
    expect(resolverOf(zone('10.1.0.0/24'))).to.equal('10.1.0.1');
  });

  it("has its router at its prefix's first address", () => {
    expect(gatewayOf(zone('10.13.37.0/24'))).to.equal('10.13.37.1');
    expect(gatewayOf(zone('198.51.100.77/26'))).to.equal('198.51.100.65');
    expect(prefixLengthOf(zone('198.51.100.64/26'))).to.equal(26);
  });

  it('has its router in it, whatever its prefix', () => {
    fc.assert(fc.property(prefix, (text) => isInZone(gatewayOf(zone(text)), zone(text))));
  });

  it('holds the addresses between its first and its last', () => {
    fc.assert(
      fc.property(prefix, address, (text, candidate) => {
        const [first, last] = rangeOf(text);
        expect(isInZone(candidate, zone(text))).to.equal(first <= numberOf(candidate) && numberOf(candidate) <= last);
      }),
    );
  });

  it('does not hold what is no address', () => {
    for (const text of ['', '10.13.37', '10.13.37.300', '::1', 'host']) {
      expect(isInZone(text, zone('10.13.37.0/24')), text).to.equal(false);
    }
  });

  it('overlaps another when they share an address', () => {
    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        const [a, b] = [rangeOf(one), rangeOf(other)];
        expect(prefixesOverlap(one, other)).to.equal(a[0] <= b[1] && b[0] <= a[1]);
      }),
    );
  });

  it('gives a host a hardware address that is its own, and locally administered', () => {
    expect(hardwareAddressOf('198.51.100.7')).to.equal('02:00:c6:33:64:07');
  });
});
