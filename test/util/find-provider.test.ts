import { expect } from 'chai';
import fc from 'fast-check';
import type { Provider } from '../../src/model/provider.ts';
import { findProvider } from '../../src/util/find-provider.ts';

const provider = (name: string, prefix: string): Provider => ({
  name,
  prefix,
  asNumber: 64_500,
  asOrganization: name,
  ipType: 'Public',
  location: null,
});

const wide = provider('wide', '203.0.113.0/24');
const narrow = provider('narrow', '203.0.113.128/26');

const nameOf = (address: string): string | undefined => findProvider(address, [wide, narrow])?.name;

describe('the provider of an address', () => {
  it('is the one with the narrowest prefix that holds it, in whatever order they are declared', () => {
    expect(nameOf('203.0.113.150')).to.equal('narrow');
    expect(findProvider('203.0.113.150', [narrow, wide])?.name).to.equal('narrow');
    expect(nameOf('203.0.113.192')).to.equal('wide');
  });

  it('is nobody for an address of no prefix, and for a text that is no address', () => {
    for (const address of ['198.51.100.1', '2001:db8::1', '', '203.0.113', 'kestrel'])
      expect(findProvider(address, [wide, narrow])).to.equal(null);
  });

  it('knows an IPv4 peer by the name that a dual-stack socket gives it', () => {
    expect(nameOf('::ffff:203.0.113.10')).to.equal('wide');
  });

  it('is somebody for exactly the addresses of the prefixes', () => {
    const octets = fc.tuple(fc.constantFrom(203, 204), fc.constantFrom(0, 1), fc.constantFrom(112, 113), fc.nat(255));
    fc.assert(
      fc.property(octets, (octets) => {
        const isHeld = octets.slice(0, 3).join('.') === '203.0.113';
        expect(findProvider(octets.join('.'), [wide, narrow]) !== null).to.equal(isHeld);
      }),
    );
  });
});
