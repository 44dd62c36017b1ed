import { execa } from 'execa';
import type { IdMap } from './id-map.ts';

/** The environment of every process of ours outside hosts: nothing of the caller's but the label that cleanup looks for. */
export const toolEnvironment = (runId: string): Record<string, string> => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C',
  [runLabel]: runId,
});

export const runLabel = 'TOCSIN_RUN';

/** Runs a system tool to its end and returns what it prints; a failure is thrown with the tool's own words. */
export const runTool = async (runId: string, argv: readonly string[], input = ''): Promise<string> => {
  const [file = '', ...rest] = argv;
  const { stdout } = await execa(file, rest, { input, env: toolEnvironment(runId), extendEnv: false });
  return stdout;
};

type EnterableNamespace = 'user' | 'mount' | 'net' | 'pid' | 'ipc' | 'uts';

/** Enters these namespaces of a process as root of them, and becomes the command. */
export const enter = (
  idMap: IdMap,
  pid: number,
  namespaces: readonly EnterableNamespace[],
  argv: readonly string[],
): readonly string[] => [
  'nsenter',
  `--target=${pid}`,
  // The one user of a lab of one user is its root already, and groups may not be set there.
  ...(idMap.kind === 'single' ? ['--preserve-credentials'] : []),
  ...namespaces.map((name) => `--${name}`),
  '--',
  ...argv,
];

/** Becomes the command as PID 1 of new namespaces, all but the user's. They end when this process does. */
export const unshareAll: readonly string[] = [
  ...['unshare', '--net', '--mount', '--pid', '--ipc', '--uts'],
  ...['--propagation=private', '--fork', '--kill-child=SIGKILL', '--'],
];
