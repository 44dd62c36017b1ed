import type { HostSpec } from '../../model/topology.ts';

/** `LAB\\analyst` logs in as `analyst`: a Linux user has no domain. */
export const loginOf = ({ user }: HostSpec): string => {
  const name = (user.split('\\').at(-1) ?? '').toLowerCase().replace(/[^a-z0-9_-]/g, '-');
  return /^[a-z_]/.test(name) ? name : 'root';
};

export const homeOf = (spec: HostSpec): string => (loginOf(spec) === 'root' ? '/root' : `/home/${loginOf(spec)}`);
