import type { ScriptBlock } from '../syntax/ast.ts';
import { convert } from '../values/convert.ts';
import type { ScriptBlockValue, Value } from '../values/value.ts';
import type { BoundArguments } from '../commands/binding.ts';
import { evaluate } from './evaluate.ts';
import { collector, fromResults } from './results.ts';
import { Scope } from './scope.ts';
import { logScriptBlock } from './script-block-log.ts';
import type { Frame } from './session.ts';
import { ReturnSignal } from './signals.ts';
import { runBlock, withOutput } from './statements.ts';

const untilReturn = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (signal) {
    if (!(signal instanceof ReturnSignal)) throw signal;
  }
};

/** Runs a block in the caller's scope with `$_` set: `ForEach-Object`, `Where-Object`, calculated properties. */
export const invokeInline = async (block: ScriptBlockValue, frame: Frame, item: Value | undefined): Promise<void> => {
  await logScriptBlock(frame.session, block);
  const body = block.ast.process ?? block.ast.end;
  if (body === null) return;
  const before = frame.scope.get('_') ?? null;
  frame.scope.set('_', item ?? null);
  try {
    await untilReturn(() => runBlock(body, { ...frame, script: block.script }));
  } finally {
    frame.scope.set('_', before);
  }
};

/** What a block puts out for one item, as one value. */
export const valueOfBlock = async (block: ScriptBlockValue, frame: Frame, item: Value): Promise<Value> => {
  const { sink, results } = collector();
  await invokeInline(block, withOutput(frame, sink), item);
  return fromResults(results);
};

/** Types whose variables cannot hold null: what was not given is zero, empty or false. */
const hasZero =
  /^(system\.)?(string|switch|bool(ean)?|s?byte|u?short|u?int(16|32|64)?|u?long|double|single|float|decimal)$/i;

/** Gives a function's parameters their values; what was not given gets its default, in the function's own scope. */
const bindParameters = async (ast: ScriptBlock, bound: BoundArguments, frame: Frame): Promise<void> => {
  for (const { name, type, defaultValue } of ast.parameters ?? []) {
    const given = bound.named.get(name.toLowerCase());
    const value = given ?? (defaultValue === null ? null : await evaluate(defaultValue, frame));
    const keepsNull = value === null && !hasZero.test(type ?? '');
    frame.scope.set(name, type === null || keepsNull ? value : convert(value, type));
  }
  frame.scope.set('args', [...bound.rest]);
};

export interface Invocation {
  begin(): Promise<void>;
  process(input: Value | undefined): Promise<void>;
  end(): Promise<void>;
}

/** A script block as a command of a pipeline. `scope: 'caller'` is dot-sourcing. */
export const createInvocation = (
  block: ScriptBlockValue,
  bound: BoundArguments,
  caller: Frame,
  scope: 'new' | 'caller' = 'new',
): Invocation => {
  const frame: Frame = {
    ...caller,
    script: block.script,
    scope: scope === 'new' ? new Scope(caller.scope) : caller.scope,
  };
  const { ast } = block;
  const inputs: Value[] = [];
  return {
    begin: async () => {
      await logScriptBlock(frame.session, block);
      await bindParameters(ast, bound, frame);
      const { begin } = ast;
      if (begin !== null) await untilReturn(() => runBlock(begin, frame));
    },
    process: async (input) => {
      const { process } = ast;
      if (process === null) {
        if (input !== undefined) inputs.push(input);
        return;
      }
      frame.scope.set('_', input ?? null);
      await untilReturn(() => runBlock(process, frame));
    },
    end: async () => {
      const { end } = ast;
      if (end === null) return;
      frame.scope.set('input', inputs);
      await untilReturn(() => runBlock(end, frame));
    },
  };
};
