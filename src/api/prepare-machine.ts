import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../model/harness-error.ts';

/** System programs that the lab needs, and the Debian package each comes in. */
const needed = [
  { program: 'strace', package: 'strace' },
  { program: 'ip', package: 'iproute2' },
] as const;

/** What preparing asks of the machine. */
export interface Machine {
  has(program: string): boolean;
  /** Root on Debian or one of its children: packages can be installed without a question. */
  readonly canInstall: boolean;
  /** Runs apt-get; answers with its exit code and what it printed. */
  aptGet(args: readonly string[]): Promise<{ readonly exitCode: number | undefined; readonly output: string }>;
}

// Debian keeps administration tools where an ordinary user's PATH does not look.
const searchPath = (): readonly string[] => [
  ...new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']),
];

export const thisMachine = (signal: AbortSignal): Machine => {
  const has = (program: string): boolean => searchPath().some((folder) => existsSync(join(folder, program)));
  return {
    has,
    canInstall: process.getuid?.() === 0 && existsSync('/etc/debian_version') && has('apt-get'),
    aptGet: async (args) => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      const options = { env, cancelSignal: signal, reject: false, stdin: 'ignore', all: true } as const;
      const { exitCode, all } = await execa('apt-get', [...args], options);
      return { exitCode, output: all };
    },
  };
};

/**
 * Installs the system packages that are missing, where that needs no question: as root on Debian and its children. Elsewhere
 * it says the one line to run.
 */
export const prepareMachine = async (machine: Machine, notice: (text: string) => void): Promise<void> => {
  const missing = needed.filter(({ program }) => !machine.has(program)).map((entry) => entry.package);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (!machine.canInstall) {
    throw new HarnessError(`the lab needs ${missing.join(' and ')}, which this machine does not have`, {
      code: 'machine/missing-packages',
      hint: `run: sudo apt-get ${install.join(' ')}`,
    });
  }
  notice(`installing ${missing.join(' and ')} from this machine's Debian packages`);
  // Its failure shows in the installation, which says more.
  await machine.aptGet(['update', '-qq']);
  const { exitCode, output } = await machine.aptGet(install);
  if (exitCode !== 0) {
    throw new HarnessError(`installing ${missing.join(' and ')} failed: ${output.trim().split('\n').at(-1) ?? ''}`, {
      code: 'machine/install-failed',
      hint: `run it yourself to see why: apt-get ${install.join(' ')}`,
    });
  }
};
