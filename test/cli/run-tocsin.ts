import { runCommandLine } from '../../src/cli/command-line.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command line in a project, as a process would run it. */
export const runTocsin = async (
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (part: string) => (text[name] += part) });
  const code = await runCommandLine(args, {
    root,
    cwd: root,
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    signal: new AbortController().signal,
  });
  return { code, ...text };
};
