import { startProcess, type StdioEnd } from '../../os/start-process.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import type { CmdNode, Pipe } from '../syntax/ast.ts';
import { findExternal, notRecognized, programName } from './external.ts';
import { internals } from './internals.ts';
import type { Shell } from './shell.ts';
import { expandLoops } from './variables.ts';
import type { ChildProcess } from 'node:child_process';

/** How one side of a pipe is started: a program by itself, anything else in a cmd.exe of its own, as cmd does. */
const sideOf = (
  node: CmdNode,
  text: string,
  shell: Shell,
): { readonly program: string; readonly commandLine: string } | string => {
  const name = node.kind === 'simple' && node.redirections.length === 0 ? programName(node.text.trimStart()) : '';
  if (node.kind === 'simple' && name !== '' && !Object.hasOwn(internals, name.toLowerCase())) {
    const program = findExternal(name, shell);
    return program === null
      ? notRecognized(name)
      : { program: program.host, commandLine: expandLoops(node.text.trim(), shell) };
  }
  const cmd = findExternal(shell.environment.get('ComSpec') ?? 'cmd.exe', shell);
  if (cmd === null) return notRecognized('cmd.exe');
  const source = expandLoops(text.slice(node.extent.start, node.extent.end).trim(), shell);
  return { program: cmd.host, commandLine: `${cmd.windows}  /S /D /c" ${source}"` };
};

/** The stages of `a | b | c`, first to last. */
const stagesOf = (node: CmdNode): CmdNode[] => (node.kind === 'pipe' ? [...stagesOf(node.left), node.right] : [node]);

export const runPipe = async (node: Pipe, shell: Shell, stdio: Stdio): Promise<void> => {
  const stages = stagesOf(node);
  let previous: ChildProcess | null = null as ChildProcess | null;
  const ends = [];
  for (const [index, stage] of stages.entries()) {
    const side = sideOf(stage, shell.line, shell);
    const isLast = index === stages.length - 1;
    if (typeof side === 'string') {
      writeText(stdio.error, side);
      previous?.stdout?.destroy();
      previous = null;
      ends.push(Promise.resolve({ kind: 'ended' as const, exitCode: 255 }));
      continue;
    }
    const input: StdioEnd = index === 0 ? stdio.input : (previous?.stdout ?? 'ignore');
    const started = await startProcess({
      ...side,
      environment: shell.environment,
      currentFolder: shell.folder,
      drive: shell.drive,
      stdio: [input, isLast ? stdio.output : 'pipe', stdio.error],
    });
    // The next program has the descriptor now; this one's copy would keep the pipe open.
    previous?.stdout?.destroy();
    previous = started.child;
    ends.push(started.finished);
  }
  const finished = await Promise.all(ends);
  const last = finished.at(-1);
  shell.errorLevel = last?.kind === 'ended' ? last.exitCode : 1;
  shell.result = shell.errorLevel;
};
