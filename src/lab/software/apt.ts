import { execa } from 'execa';

/** What an apt tool said; its complaints are the lines that begin with `E:` or `W:`. */
export interface AptOutput {
  readonly ok: boolean;
  readonly stdout: string;
  /** The first complaint, in apt's words; empty when there is none. */
  readonly complaint: string;
}

/** Runs one of apt's or dpkg's tools; never through a shell. */
export type RunApt = (
  tool: 'apt-get' | 'apt-cache' | 'dpkg-deb',
  args: readonly string[],
  cwd?: string,
) => Promise<AptOutput>;

export const createRunApt =
  (signal: AbortSignal): RunApt =>
  async (tool, args, cwd = '/') => {
    const result = await execa(tool, [...args], {
      cwd,
      cancelSignal: signal,
      reject: false,
      stdin: 'ignore',
      env: { LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
    signal.throwIfAborted();
    const said = `${result.stderr}\n${result.stdout}`.split('\n').find((line) => /^[EW]: |^dpkg-deb: error/.test(line));
    if (result.code === 'ENOENT') return { ok: false, stdout: '', complaint: `this machine has no ${tool}` };
    const complaint = said ?? (result.failed ? (result.shortMessage ?? '') : '');
    return { ok: !result.failed, stdout: result.stdout, complaint: complaint.replace(/^[EW]: /, '') };
  };
