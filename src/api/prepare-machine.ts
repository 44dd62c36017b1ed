import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../model/harness-error.ts';

/** System programs that the lab needs, and the Debian package each comes in. */
const needed = [
  { program: 'strace', package: 'strace' },
  { program: 'ip', package: 'iproute2' },
] as const;

// Debian keeps administration tools where an ordinary user's PATH does not look.
const searchPath = (): readonly string[] => [
  ...new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']),
];

const isPresent = (program: string): boolean => searchPath().some((folder) => existsSync(join(folder, program)));

/**
 * Installs the system packages that are missing, where that needs no question: as root on Debian and its children. Elsewhere
 * it says the one line to run.
 */
export const prepareMachine = async (notice: (text: string) => void, signal: AbortSignal): Promise<void> => {
  const missing = needed.filter(({ program }) => !isPresent(program)).map((entry) => entry.package);
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && isPresent('apt-get');
  if (!canInstall) {
    throw new HarnessError(`the lab needs ${missing.join(' and ')}, which this machine does not have`, {
      code: 'machine/missing-packages',
      hint: `run: sudo ${install.join(' ')}`,
    });
  }
  notice(`installing ${missing.join(' and ')} from this machine's Debian packages`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env, cancelSignal: signal, reject: false, stdin: 'ignore' });
  const result = await execa('apt-get', install.slice(1), {
    env,
    cancelSignal: signal,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (result.exitCode !== 0) {
    throw new HarnessError(
      `installing ${missing.join(' and ')} failed: ${result.all.trim().split('\n').at(-1) ?? ''}`,
      {
        code: 'machine/install-failed',
        hint: `run it yourself to see why: ${install.join(' ')}`,
      },
    );
  }
};
