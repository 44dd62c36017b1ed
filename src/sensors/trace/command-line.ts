const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * Arguments as one line that a POSIX shell would split into them again: what needs no quotes has none, everything else stands
 * in single quotes, and a single quote is written `'\''`.
 */
export const shellCommandLine = (args: readonly string[]): string =>
  args.map((arg) => (plain.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(' ');
