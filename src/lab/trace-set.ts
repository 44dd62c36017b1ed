/**
 * What the sensor of a host records: how strace is started, by every driver alike. `src/sensors/trace` reads what comes of it.
 *
 * Reads and writes are absent on purpose: with them a 200 MB download costs a 120 MB trace and half a minute. A name that this
 * strace does not know is passed over (`?`): architectures and versions differ in what they have.
 */
const processCalls = ['execve', 'execveat', 'clone', 'clone3', 'fork', 'vfork', 'exit_group', 'chdir', 'fchdir'];

const socketCalls = [
  ...['socket', 'connect', 'bind', 'listen', 'accept', 'accept4', 'getsockopt', 'getsockname'],
  ...['sendto', 'sendmsg', 'sendmmsg', 'recvfrom', 'recvmsg', 'recvmmsg'],
];

const fileCalls = [
  ...[
    'open',
    'openat',
    'openat2',
    'creat',
    'rename',
    'renameat',
    'renameat2',
    'unlink',
    'unlinkat',
    'mkdir',
    'mkdirat',
  ],
  ...['link', 'linkat', 'symlink', 'symlinkat', 'chmod', 'fchmod', 'fchmodat', 'fchmodat2'],
];

export const tracedCalls: readonly string[] = [...processCalls, ...socketCalls, ...fileCalls];

/**
 * Refused in every host: io_uring would do file and socket work past the trace, and keyrings are the machine's, not the
 * host's.
 */
export const refusedCalls: readonly string[] = ['io_uring_setup', 'keyctl', 'add_key', 'request_key'];

/** Longest string strace prints whole: the kernel's own limit for one argument is 128 KiB, encoded PowerShell stays under this. */
export const stringLimit = 32_768;

const optional = (calls: readonly string[]): string => calls.map((call) => `?${call}`).join(',');

/** The arguments of strace up to the program it runs. `output` is a path it opens itself. */
export const straceArguments = (output: string): readonly string[] => [
  '-f',
  '--seccomp-bpf',
  '-ttt',
  '-yy',
  // In a process namespace that a test makes, `clone` returns a number that means nothing outside it.
  '--pidns-translation',
  '-v',
  '-s',
  String(stringLimit),
  '-e',
  `trace=${optional([...tracedCalls, ...refusedCalls])}`,
  // `none` would also hide that a process was killed. These four kill nobody, and the first comes with every child's end.
  '-e',
  'signal=!SIGCHLD,SIGCONT,SIGURG,SIGWINCH',
  '-e',
  `inject=${optional(refusedCalls)}:error=ENOSYS`,
  // Appended, so that a file that is cut under the sensor stays shorter than it was, and that shows.
  '-A',
  '-o',
  output,
  '--',
];
