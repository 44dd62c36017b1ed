import { readFile } from 'node:fs/promises';
import { arch, cpus, release, type } from 'node:os';
import { execa } from 'execa';

const versionOf = async (program: string, args: readonly string[]): Promise<string> => {
  const result = await execa(program, [...args], { reject: false, stdin: 'ignore', timeout: 5000 });
  return result.exitCode === 0 ? (result.stdout.split('\n')[0] ?? '').trim() : 'not found';
};

const distribution = async (): Promise<string> => {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1] ?? type();
};

/** What a verdict may depend on besides the content: versions, never names or paths of the machine. Sorted by key. */
export const describeEnvironment = async (): Promise<Readonly<Record<string, string>>> => ({
  architecture: arch(),
  cores: String(cpus().length),
  kernel: `${type()} ${release()}`,
  node: process.version,
  strace: (await versionOf('strace', ['--version'])).replace('strace -- version ', ''),
  system: await distribution(),
});
