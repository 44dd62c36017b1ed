import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { createAuthority } from '../../src/lab/tls/authority.ts';
import type { HostSpec, Topology } from '../../src/model/topology.ts';
import { trustFiles } from '../../src/run/trust.ts';
import { manifest } from '../support/events.ts';

const names = {
  name: 'names',
  kind: 'dns',
  options: {
    zones: 'example',
    records: 'login.example A 198.51.100.70\nsign-in.example CNAME login.example\nother.example A 198.51.100.71',
  },
};

const host = (fields: Partial<HostSpec>): HostSpec => ({
  ...{ name: 'entra', persona: 'linux', zone: 'internet', address: '198.51.100.70', user: 'root', services: [] },
  ...fields,
});

const topology: Topology = {
  ...manifest().topology,
  hosts: [host({}), host({ name: 'dns-1', address: '198.51.100.53', services: [names] })],
};

const authority = createAuthority(Date.now() * 1000);

const filesOf = (fields: Partial<HostSpec>) =>
  new Map(trustFiles(authority, host(fields), topology).map((file) => [file.path, file]));

describe('what a host has for TLS', () => {
  it('is a certificate for every name that leads to it, through aliases too', () => {
    const certificate = filesOf({}).get('/etc/ssl/certs/host.pem');
    expect(new X509Certificate(String(certificate?.content)).subjectAltName).to.equal(
      'DNS:login.example, DNS:sign-in.example, DNS:entra, IP Address:198.51.100.70',
    );
  });

  it('is a key that its root alone reads', () => {
    expect(filesOf({}).get('/etc/ssl/private/host.key')?.mode).to.equal(0o600);
  });

  it('is the one authority, where every program of Debian looks for it, and no other', () => {
    const files = filesOf({});
    expect(files.get('/etc/ssl/certs/ca-certificates.crt')?.content).to.equal(authority.certificate);
    expect(files.get(`/etc/ssl/certs/${authority.fileName}`)?.content).to.equal(authority.certificate);
  });

  it('is trust alone on a Windows host', () => {
    expect([...filesOf({ persona: 'windows' }).keys()].sort()).to.deep.equal([
      '/etc/ssl/certs/ca-certificates.crt',
      `/etc/ssl/certs/${authority.fileName}`,
    ]);
  });
});
