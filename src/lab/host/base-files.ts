import { createHash } from 'node:crypto';
import type { HostSpec, Zone } from '../../model/topology.ts';
import type { HostFile } from '../driver.ts';
import { resolverOf } from '../network.ts';
import { homeOf, loginOf } from './users.ts';

/** What every host is born with: synthetic, and nothing of the machine's own. */
export const baseFiles = (spec: HostSpec, zone: Zone, runId: string): readonly HostFile[] => [
  text('/etc/passwd', renderPasswd(spec)),
  text('/etc/group', 'root:x:0:\ndaemon:x:1:\nadm:x:4:\ntty:x:5:\nusers:x:100:\nnogroup:x:65534:\n'),
  text('/etc/hostname', `${spec.name}\n`),
  text('/etc/hosts', `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n${spec.address}\t${spec.name}\n`),
  text('/etc/resolv.conf', `nameserver ${resolverOf(zone)}\noptions timeout:1 attempts:1\n`),
  text(
    '/etc/nsswitch.conf',
    'passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n',
  ),
  text('/etc/fstab', '# UNCONFIGURED FSTAB FOR BASE SYSTEM\n'),
  text('/etc/host.conf', 'multi on\n'),
  text('/etc/shells', '/bin/sh\n/bin/bash\n'),
  text('/etc/machine-id', `${createHash('sha256').update(`${runId}/${spec.name}`).digest('hex').slice(0, 32)}\n`),
  { path: `${homeOf(spec)}/.profile`, content: '', mode: 0o644 },
];

/**
 * The host's user and root are one: only uid 0 exists wherever the lab can run. The first name wins when the uid is looked up, so that
 * `whoami` is the topology's user.
 */
const renderPasswd = (spec: HostSpec): string => {
  const login = loginOf(spec);
  const user = login === 'root' ? [] : [`${login}:x:0:0:${login}:${homeOf(spec)}:/bin/bash`];
  return [
    ...user,
    'root:x:0:0:root:/root:/bin/bash',
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    '',
  ].join('\n');
};

const text = (path: string, content: string): HostFile => ({ path, content, mode: 0o644 });
