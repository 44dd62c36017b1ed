import { assertNever } from '../../../model/assert-never.ts';
import type { Stdio } from '../../os/stdio.ts';
import type { CmdNode, Group, Sequence, Simple } from '../syntax/ast.ts';
import { holds } from './conditions.ts';
import { runExternal } from './external.ts';
import { runFor } from './for-loop.ts';
import { internals } from './internals.ts';
import { runPipe } from './pipe.ts';
import { redirect } from './redirect.ts';
import type { Shell } from './shell.ts';
import { expandLoops } from './variables.ts';

/** Runs `run` with the redirections in place. */
const redirected = async (
  node: Simple | Group,
  shell: Shell,
  stdio: Stdio,
  run: (stdio: Stdio) => Promise<void>,
): Promise<void> => {
  const opened = redirect(node.redirections, stdio, shell);
  if (!opened.ok) {
    shell.errorLevel = 1;
    shell.result = 1;
    return;
  }
  try {
    await run(opened.stdio);
  } finally {
    opened.close();
  }
};

const namePattern = /^[^\s,;=/\\.:+"()<>|&[\]]+/;

const runSimple = async (text: string, shell: Shell, stdio: Stdio): Promise<void> => {
  const command = expandLoops(text, shell).replace(/^[\s,;=]+/, '');
  const name = namePattern.exec(command)?.[0].toLowerCase() ?? '';
  const internal = Object.hasOwn(internals, name) ? internals[name] : undefined;
  // `echo.exe` and `cd\` start alike: an internal command wins unless the name goes on as a file's.
  const isFile = /^\.[a-z]/i.test(command.slice(name.length)) && name !== 'echo' && name !== 'cd';
  if (internal !== undefined && !isFile) {
    const level = await internal(command.slice(name.length), shell, stdio, name);
    if (level !== null) shell.errorLevel = level;
    shell.result = level ?? 0;
  } else await runExternal(command, shell, stdio);
};

const runSequence = async ({ operator, left, right }: Sequence, shell: Shell, stdio: Stdio): Promise<void> => {
  await runNode(left, shell, stdio);
  if (operator === '&' || (shell.errorLevel === 0) === (operator === '&&')) await runNode(right, shell, stdio);
};

export const runNode = async (node: CmdNode, shell: Shell, stdio: Stdio): Promise<void> => {
  switch (node.kind) {
    case 'simple':
      return redirected(node, shell, stdio, (ends) => runSimple(node.text, shell, ends));
    case 'group':
      return redirected(node, shell, stdio, async (ends) => {
        if (node.body !== null) await runNode(node.body, shell, ends);
      });
    case 'sequence':
      return runSequence(node, shell, stdio);
    case 'pipe':
      return runPipe(node, shell, stdio);
    case 'if': {
      const branch = holds(node, shell) ? node.then : node.otherwise;
      if (branch !== null) await runNode(branch, shell, stdio);
      return;
    }
    case 'for':
      return runFor(node, shell, stdio);
    case 'remark':
      return;
    default:
      return assertNever(node);
  }
};
