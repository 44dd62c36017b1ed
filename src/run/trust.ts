import type { HostFile } from '../lab/driver.ts';
import type { Authority } from '../lab/tls/authority.ts';
import { selfSignedCertificate, serverCertificate, trustFile, trustFolder } from '../model/in-host.ts';
import type { HostSpec, Topology } from '../model/topology.ts';
import { namesOfAddress } from '../services/dns/zones.ts';

/**
 * What a host is born with so that TLS works in the lab: whom it trusts, and, on Linux, certificates for every name by which the
 * topology's name servers know it.
 */
export const trustFiles = (authority: Authority, host: HostSpec, topology: Topology): readonly HostFile[] => {
  const trusted = [trustFile, `${trustFolder}/${authority.fileName}`].map((path) => plain(path, authority.certificate));
  if (host.persona === 'windows') return trusted;
  const names = [...namesOf(host, topology), host.name, host.address];
  return [
    ...trusted,
    ...pair(serverCertificate, authority.issue(names)),
    ...pair(selfSignedCertificate, authority.issueSelfSigned(names)),
  ];
};

const namesOf = ({ address }: HostSpec, { hosts }: Topology): readonly string[] => [
  ...new Set(
    hosts
      .flatMap(({ services }) => services)
      .filter(({ kind }) => kind === 'dns')
      .flatMap(({ options }) => namesOfAddress(String(options['zones']), String(options['records'] ?? ''), address)),
  ),
];

const pair = (
  paths: { readonly certificate: string; readonly key: string },
  { certificate, key }: { readonly certificate: string; readonly key: string },
): readonly HostFile[] => [plain(paths.certificate, certificate), { path: paths.key, content: key, mode: 0o600 }];

const plain = (path: string, content: string): HostFile => ({ path, content, mode: 0o644 });
