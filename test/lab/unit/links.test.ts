import { expect } from 'chai';
import { findLeakingLinks, parseLinks, type Link } from '../../../src/lab/seal/links.ts';

const link = (place: string, name: string, index: number, kind: string, peerIndex: number | null = null): Link => ({
  place,
  name,
  index,
  kind,
  peerIndex,
});

const fabric = [
  link('fabric', 'lo', 1, 'loopback'),
  link('fabric', 'zone0', 2, 'bridge'),
  link('fabric', 'host1', 3, 'veth', 2),
  link('fabric', 'host2', 4, 'veth', 2),
];
const hosts = [
  link('one', 'lo', 1, 'loopback'),
  link('one', 'eth0', 2, 'veth', 3),
  link('two', 'lo', 1, 'loopback'),
  link('two', 'eth0', 2, 'veth', 4),
];

describe('links of a lab', () => {
  it('are sealed when every cable has its other end in the lab', () => {
    expect(findLeakingLinks(fabric, hosts)).to.deep.equal([]);
  });

  for (const [what, extra] of [
    ['a network card', link('fabric', 'eth0', 9, 'physical')],
    ['a tunnel', link('fabric', 'tun0', 9, 'tun')],
    ['a cable that ends nowhere in the lab', link('fabric', 'leak', 9, 'veth', 77)],
    ['a cable whose other end says otherwise', link('fabric', 'leak', 9, 'veth', 2)],
    ['a bridge in a host', link('one', 'br0', 9, 'bridge')],
    ['a second cable of a host', link('one', 'eth1', 9, 'veth', 99)],
    ['a cable between two hosts', link('one', 'eth1', 4, 'veth', 2)],
  ] as const) {
    it(`leak by ${what}`, () => {
      const inFabric = extra.place === 'fabric';
      const leaks = findLeakingLinks(inFabric ? [...fabric, extra] : fabric, inFabric ? hosts : [...hosts, extra]);
      expect(leaks).to.deep.equal([`${extra.name} of ${extra.place} (${extra.kind}) leads out of the lab`]);
    });
  }

  it('are read from what ip(8) prints', () => {
    const json = JSON.stringify([
      { ifindex: 1, ifname: 'lo', link_type: 'loopback' },
      { ifindex: 4, ifname: 'host1', link_type: 'ether', link_index: 2, linkinfo: { info_kind: 'veth' } },
      { ifindex: 5, ifname: 'eth0', link_type: 'ether' },
    ]);
    expect(parseLinks('x', json)).to.deep.equal([
      link('x', 'lo', 1, 'loopback'),
      link('x', 'host1', 4, 'veth', 2),
      link('x', 'eth0', 5, 'physical'),
    ]);
  });
});
