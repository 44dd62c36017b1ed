/**
 * What a root of a lab host may do. Left out, because they lead to the agent or the sensor: kill and setuid (become the
 * agent's user), sys_ptrace, sys_admin, setpcap. Left out, because they change the lab: net_admin, sys_chroot, mknod.
 */
export const testCapabilities = ['chown', 'dac_override', 'fowner', 'fsetid', 'net_bind_service', 'net_raw'] as const;

/**
 * Takes privileges away and becomes the command that follows. The agent keeps capabilities that no command has, which is why
 * the kernel refuses commands a look at its memory and descriptors (ptrace(2), access mode checking). `groups: 'keep'` is for
 * hosts where groups may not be set: there are none to clear.
 */
export const commandLauncher = ({ groups }: { readonly groups: 'clear' | 'keep' }): readonly string[] => [
  '/usr/bin/setpriv',
  '--reuid=0',
  '--regid=0',
  `--${groups}-groups`,
  '--no-new-privs',
  '--inh-caps=-all',
  '--ambient-caps=-all',
  `--bounding-set=-all${testCapabilities.map((name) => `,+${name}`).join('')}`,
  '--',
];

/** Becomes the agent: another user than the commands', with capabilities that no command has (`all`: those of the lab). */
export const agentLauncher = (user: number, capabilities: readonly string[]): readonly string[] => [
  '/usr/bin/setpriv',
  `--reuid=${user}`,
  `--regid=${user}`,
  '--clear-groups',
  ...['inh', 'ambient'].map((set) => `--${set}-caps=${capabilities.map((name) => `+${name}`).join(',')}`),
  '--',
];
