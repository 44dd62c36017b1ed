import { internals, missingInternals } from '../cmd/run/internals.ts';
import { programName } from '../cmd/run/external.ts';
import type { CmdNode } from '../cmd/syntax/ast.ts';
import { parseCmd } from '../cmd/syntax/parse.ts';
import type { Need } from './need.ts';
import { programNeeds } from './program-needs.ts';

function* commandsOf(node: unknown): Generator<Extract<CmdNode, { kind: 'simple' }>> {
  if (typeof node !== 'object' || node === null) return;
  if ('kind' in node && node.kind === 'simple') yield node as Extract<CmdNode, { kind: 'simple' }>;
  for (const part of Object.values(node)) yield* commandsOf(part);
}

/** What a line of cmd.exe names and the persona lacks; variables in it are not expanded. */
export const cmdNeeds = (text: string): Need[] => {
  const parsed = parseCmd(text);
  if (!parsed.ok) return [{ kind: 'syntax', name: parsed.message }];
  return [...commandsOf(parsed.node)].flatMap(({ text: written }): Need[] => {
    const command = written.replace(/^[\s,;=@]+/, '');
    const name = /^[^\s,;=/\\.:+"()<>|&[\]]+/.exec(command)?.[0].toLowerCase() ?? '';
    const isFile = /^\.[a-z]/i.test(command.slice(name.length));
    if (Object.hasOwn(internals, name) && !isFile)
      return missingInternals.includes(name) ? [{ kind: 'internal', name }] : [];
    const program = programName(command);
    // What a variable or a loop holds is known when it runs.
    if (program === '' || /^[%!]/.test(program)) return [];
    return programNeeds(program, command);
  });
};
