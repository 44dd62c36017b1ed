import { expect } from 'chai';
import { withFreshHosts } from '../../src/run/fresh-hosts.ts';
import type { Variant } from '../../src/model/scenario.ts';
import type { HostSpec, ServiceSpec, Topology, Zone } from '../../src/model/topology.ts';

const place = { file: 'x.yaml', line: 1, column: 1 };
const zone = (prefix: string): Zone => ({
  name: 'office',
  kind: 'corporate',
  prefix,
  ipType: 'Private',
  asNumber: null,
  asOrganization: null,
});
const host = (name: string, address: string): HostSpec => ({
  name,
  persona: 'windows',
  zone: 'office',
  address,
  user: 'LAB\\analyst',
  services: [],
});
const topology = (prefix = '10.1.2.0/24'): Topology => ({
  name: 't',
  zones: [zone(prefix)],
  hosts: [host('win', '10.1.2.2'), host('other', '10.1.2.3')],
  place,
});
const listener: ServiceSpec = { name: 'listener', kind: 'http-listener', options: {} };
const variant = (name: string, roles: Variant['roles']): Variant => ({
  name,
  description: '',
  atomic: '',
  inputs: {},
  roles,
  services: [{ host: 'win', service: listener }],
  expect: { signals: [], detections: [] },
  answers: [],
  timeoutSeconds: 1,
  place,
});

describe('fresh hosts', () => {
  const placed = ['a', 'b', 'c'].map((name) => ({
    variant: variant(name, { target: 'win', server: 'other' }),
    runsOn: 'target',
  }));

  it('give every variant a host of its own, a twin of the one it names, where an address is free', () => {
    const fresh = withFreshHosts(topology(), placed);
    expect(fresh.variants.map(({ roles }) => roles)).to.deep.equal([
      { target: 'win', server: 'other' },
      { target: 'win-2', server: 'other' },
      { target: 'win-3', server: 'other' },
    ]);
    expect(fresh.topology.hosts.map(({ name, address }) => [name, address])).to.deep.equal([
      ['win', '10.1.2.2'],
      ['other', '10.1.2.3'],
      ['win-2', '10.1.2.4'],
      ['win-3', '10.1.2.5'],
    ]);
    expect(fresh.topology.hosts[2]).to.include({ persona: 'windows', user: 'LAB\\analyst' });
  });

  it("take the variant's services with them", () => {
    const { variants } = withFreshHosts(topology(), placed);
    expect(variants[1]?.services).to.deep.equal([{ host: 'win-2', service: listener }]);
  });

  it('change nothing where every variant has a host of its own already', () => {
    const one = placed.slice(0, 1);
    expect(withFreshHosts(topology(), one)).to.deep.equal({ topology: topology(), variants: [one[0]?.variant] });
  });

  it('are refused when the zone has no address left', () => {
    expect(() => withFreshHosts(topology('10.1.2.0/29'), [...placed, ...placed])).to.throw('no address left');
  });
});
