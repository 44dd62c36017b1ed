/**
 * One line of `strace -f -ttt -o FILE`: `PID SECONDS.MICROS REST`. Source: strace's own output, versions 5.16 to 6.x.
 * `text` is what was printed of a call; a call that others interrupted comes in two lines, which `joinCalls` puts together.
 */
export type StraceLine = { readonly pid: number; readonly micros: number } & (
  | { readonly kind: 'complete'; readonly name: string; readonly text: string }
  /** `becomes`: an exec by a thread that is not its group's leader goes on under the leader's id. */
  | { readonly kind: 'unfinished'; readonly name: string; readonly text: string; readonly becomes: number | null }
  | { readonly kind: 'resumed'; readonly name: string; readonly text: string }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'signal' }
);

const unfinishedMark = '<unfinished ...>';
const prefix = /^(\d+) +(\d+)\.(\d{6}) /;
const callName = /^([a-z_][a-z0-9_]*)\(/;
const resumedHead = /^<\.\.\. ([a-z_][a-z0-9_]*) resumed>/;
const ended =
  /^\+\+\+ (?:exited with (\d+)|killed by (\w+)(?: \(core dumped\))?|superseded by execve in pid (\d+)) \+\+\+$/;
const changedPid = /<pid changed to (\d+) \.\.\.>$/;

/** Null when the line is nothing that strace writes. */
export const parseStraceLine = (line: string): StraceLine | null => {
  const head = prefix.exec(line);
  if (head === null) return null;
  const pid = Number(head[1]);
  const micros = Number(head[2]) * 1_000_000 + Number(head[3]);
  const rest = line.slice(head[0].length);
  switch (rest.charCodeAt(0)) {
    case 43: // +
      return parseEnd(rest, pid, micros);
    case 45: // -
      return /^--- .+ ---$/.test(rest) ? { kind: 'signal', pid, micros } : null;
    case 60: // <
      return parseResumed(rest, pid, micros);
    default:
      return parseCallLine(rest, pid, micros);
  }
};

const parseEnd = (rest: string, pid: number, micros: number): StraceLine | null => {
  const match = ended.exec(rest);
  if (match === null) return null;
  if (match[1] !== undefined) return { kind: 'exited', pid, micros, code: Number(match[1]) };
  if (match[2] !== undefined) return { kind: 'killed', pid, micros, signal: match[2] };
  return { kind: 'superseded', pid, micros, by: Number(match[3]) };
};

const parseResumed = (rest: string, pid: number, micros: number): StraceLine | null => {
  const match = resumedHead.exec(rest);
  return match?.[1] === undefined
    ? null
    : { kind: 'resumed', pid, micros, name: match[1], text: rest.slice(match[0].length) };
};

const parseCallLine = (rest: string, pid: number, micros: number): StraceLine | null => {
  const name = callName.exec(rest)?.[1];
  if (name === undefined) return null;
  // Inside quotes and labels strace escapes `<` and `>`, so only its own mark can end a line like this.
  if (rest.endsWith(unfinishedMark)) {
    return { kind: 'unfinished', pid, micros, name, text: rest.slice(0, -unfinishedMark.length), becomes: null };
  }
  const changed = changedPid.exec(rest);
  if (changed !== null) {
    return { kind: 'unfinished', pid, micros, name, text: rest.slice(0, changed.index), becomes: Number(changed[1]) };
  }
  return { kind: 'complete', pid, micros, name, text: rest };
};
