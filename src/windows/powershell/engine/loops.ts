import { NotImplemented } from '../../os/not-implemented.ts';
import { areEqual } from '../operators/compare.ts';
import { dotNetRegex, wildcardPattern } from '../operators/patterns.ts';
import type { Block, For, ForEach, Switch, While } from '../syntax/ast.ts';
import { asList } from '../values/convert.ts';
import { toBoolean, toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import { invokeInline } from './invoke.ts';
import { collector, fromResults } from './results.ts';
import type { Frame } from './session.ts';
import { BreakSignal, ContinueSignal } from './signals.ts';
import { runBlock, runStatement, valueOf, withOutput } from './statements.ts';

const isFor = (signal: BreakSignal | ContinueSignal, label: string | null): boolean =>
  signal.label === null || signal.label === label?.toLowerCase();

/** Runs a loop's body once; false when the loop is over. */
const runBody = async (body: Block, label: string | null, frame: Frame): Promise<boolean> => {
  try {
    await runBlock(body, frame);
    return true;
  } catch (signal) {
    if (signal instanceof ContinueSignal && isFor(signal, label)) return true;
    if (signal instanceof BreakSignal && isFor(signal, label)) return false;
    throw signal;
  }
};

export const runWhile = async ({ form, condition, body, label }: While, frame: Frame): Promise<void> => {
  const goesOn = async (): Promise<boolean> => toBoolean(await valueOf(condition, frame)) !== (form === 'do-until');
  if (form === 'while' && !(await goesOn())) return;
  while (await runBody(body, label, frame)) if (!(await goesOn())) return;
};

export const runFor = async ({ initializer, condition, iterator, body, label }: For, frame: Frame): Promise<void> => {
  const quiet = withOutput(frame, () => undefined);
  if (initializer !== null) await runStatement(initializer, quiet);
  while (condition === null || toBoolean(await valueOf(condition, frame))) {
    if (!(await runBody(body, label, frame))) return;
    if (iterator !== null) await runStatement(iterator, quiet);
  }
};

export const runForEach = async ({ variable, collection, body, label }: ForEach, frame: Frame): Promise<void> => {
  for (const item of asList(await valueOf(collection, frame))) {
    frame.scope.set(variable, item);
    if (!(await runBody(body, label, frame))) return;
  }
};

const clauseMatches = async (statement: Switch, test: Value, subject: Value, frame: Frame): Promise<boolean> => {
  const { match, caseSensitive } = statement;
  if (test instanceof ScriptBlockValue) {
    const { sink, results } = collector();
    await invokeInline(test, withOutput(frame, sink), subject);
    return toBoolean(fromResults(results));
  }
  if (match === 'regex') return dotNetRegex(toText(test), caseSensitive).test(toText(subject));
  if (match === 'wildcard') return wildcardPattern(toText(test), caseSensitive).test(toText(subject));
  return areEqual(subject, test, caseSensitive);
};

const switchOne = async (statement: Switch, subject: Value, frame: Frame): Promise<boolean> => {
  let matched = false;
  for (const { test, body } of statement.clauses) {
    if (!(await clauseMatches(statement, await evaluate(test, frame), subject, frame))) continue;
    matched = true;
    try {
      await runBlock(body, frame);
    } catch (signal) {
      if (signal instanceof ContinueSignal && isFor(signal, statement.label)) return true;
      if (signal instanceof BreakSignal && isFor(signal, statement.label)) return false;
      throw signal;
    }
  }
  return matched || statement.otherwise === null || runBody(statement.otherwise, statement.label, frame);
};

export const runSwitch = async (statement: Switch, frame: Frame): Promise<void> => {
  if (statement.file) throw new NotImplemented('switch -File');
  const subject = await valueOf(statement.subject, frame);
  for (const item of Array.isArray(subject) ? subject : [subject]) {
    frame.scope.set('_', item);
    if (!(await switchOne(statement, item, frame))) return;
  }
};
