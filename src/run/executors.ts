import type { ExecutorName } from '../model/atomic.ts';
import type { HostSpec } from '../model/topology.ts';
import { windowsCommand, windowsEnvironment, windowsShell } from '../windows/drive.ts';

/** How a command text becomes a process on a host. */
export interface Invocation {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const linuxEnvironment = (user: string, shell: string): Record<string, string> => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: user === 'root' ? '/root' : `/home/${user}`,
  USER: user,
  LOGNAME: user,
  LANG: 'C.UTF-8',
  // Atomic Red Team's prerequisites ask $SHELL and $0 which shell runs them.
  SHELL: shell,
});

const linuxInvocation = (shell: 'sh' | 'bash', text: string, user: string): Invocation => ({
  // The text goes to the shell as it stands: joining lines with `;`, as other runners do, breaks heredocs and quotes.
  argv: [`/bin/${shell}`, '-c', text, shell],
  env: linuxEnvironment(user, `/bin/${shell}`),
  cwd: '/tmp',
});

/** The process that runs `text`, or why this host has none for it. */
export const invocationFor = (
  executor: ExecutorName,
  text: string,
  host: HostSpec,
): Invocation | { readonly unsupported: string } => {
  switch (executor) {
    case 'sh':
    case 'bash':
      return host.persona === 'linux'
        ? linuxInvocation(executor, text, host.user)
        : { unsupported: `${host.name} passes for Windows, which has no ${executor}` };
    case 'powershell':
    case 'command_prompt': {
      if (host.persona !== 'windows') return { unsupported: `${host.name} is a Linux host without ${executor}` };
      const { argv, cwd } = windowsCommand(executor, text, host.user);
      return { argv, cwd, env: windowsEnvironment(host.user, host.name) };
    }
    case 'manual':
      return { unsupported: 'a manual test has no command to run' };
  }
};

export const shellNames = ['cmd', 'powershell', 'sh', 'bash'] as const;

export type ShellName = (typeof shellNames)[number];

/** Shells of a host, the usual one first. */
export const shellsOf = ({ persona }: HostSpec): readonly ShellName[] =>
  persona === 'windows' ? ['cmd', 'powershell'] : ['bash', 'sh'];

/**
 * A shell of the host, for its terminal. Where no person sits there it edits no lines: a line editor takes the terminal over when it
 * starts, and what was typed until then, its end too, comes in another form.
 */
export const shellInvocation = (shell: ShellName, { user, name }: HostSpec, isPersonThere: boolean): Invocation => {
  switch (shell) {
    case 'cmd':
    case 'powershell':
      return { ...windowsShell(shell, user), env: windowsEnvironment(user, name) };
    case 'sh':
    case 'bash': {
      const env = linuxEnvironment(user, `/bin/${shell}`);
      // A host has no start-up files that would give one.
      const PS1 = shell === 'sh' ? `${user}@${name}$ ` : '\\u@\\h:\\w\\$ ';
      return {
        argv: [`/bin/${shell}`, ...(shell === 'bash' && !isPersonThere ? ['--noediting'] : []), '-i'],
        env: { ...env, PS1 },
        cwd: env['HOME'] ?? '/',
      };
    }
  }
};

/** The executor that runs one command of a shell. */
export const executorOf = (shell: ShellName): ExecutorName => (shell === 'cmd' ? 'command_prompt' : shell);

/** Invoke-AtomicTest joins a prerequisite's lines so that all must succeed; `set -e` does the same without joining. */
export const prerequisiteText = (executor: ExecutorName, text: string): string =>
  executor === 'sh' || executor === 'bash' ? `set -e\n${text}` : text;
