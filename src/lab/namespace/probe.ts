import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Availability } from '../driver.ts';
import { problemOfPrograms } from '../host/program-state.ts';
import { toolEnvironment } from './tool.ts';

const tools: Readonly<Record<string, string>> = {
  bash: 'bash',
  strace: 'strace',
  ip: 'iproute2',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  prlimit: 'util-linux',
  mount: 'mount',
  pivot_root: 'util-linux',
  tar: 'tar',
  hostname: 'hostname',
};

/** The first strace with all that `trace-set.ts` asks for (`--seccomp-bpf` is of 5.3, `--pidns-translation` of 5.9). */
const oldestStrace = [5, 9] as const;

/** Finds out whether labs can be made here, by making the namespaces of one. */
export const probeNamespaces = async (hostPrograms: string, signal: AbortSignal): Promise<Availability> => {
  if (process.platform !== 'linux') return unavailable(`this is ${process.platform}`, 'Labs of this kind need Linux.');
  const missing = Object.keys(tools).filter((tool) => !isInstalled(tool));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((tool) => tools[tool]))].join(' ');
    return unavailable(`${missing.join(', ')} not found`, `apt-get install -y ${packages}`);
  }
  const problem = problemOfPrograms(hostPrograms);
  if (problem !== null) return problem;
  const strace = await versionOfStrace(signal);
  if (strace === null || compare(strace, oldestStrace) < 0) {
    return unavailable(
      `strace is ${strace?.join('.') ?? 'unknown'}, older than ${oldestStrace.join('.')}`,
      'apt-get install -y strace',
    );
  }
  const refusal = await tryNamespaces(signal);
  if (refusal !== null) {
    return unavailable(
      `user namespaces are not allowed here: ${refusal}`,
      'As root: sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000 kernel.apparmor_restrict_unprivileged_userns=0',
    );
  }
  return { available: true, detail: `strace ${strace.join('.')}, user namespaces` };
};

const unavailable = (reason: string, hint: string): Availability => ({ available: false, reason, hint });

const isInstalled = (tool: string): boolean =>
  (toolEnvironment('')['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const versionOfStrace = async (signal: AbortSignal): Promise<readonly [number, number] | null> => {
  const { stdout } = await execa('strace', ['--version'], { cancelSignal: signal, reject: false });
  const match = /version (\d+)\.(\d+)/.exec(stdout);
  return match === null ? null : [Number(match[1]), Number(match[2])];
};

const compare = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0] || a[1] - b[1];

/** The tool's own words when the kernel refuses; null when it does not. */
const tryNamespaces = async (signal: AbortSignal): Promise<string | null> => {
  const argv = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'true'];
  const { failed, stderr } = await execa('unshare', argv, {
    cancelSignal: signal,
    reject: false,
    env: toolEnvironment('probe'),
    extendEnv: false,
  });
  return failed ? stderr.trim() : null;
};
