import { assertNever } from '../../../model/assert-never.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { Block, FlowControl, Statement } from '../syntax/ast.ts';
import { asNumber } from '../values/numbers.ts';
import { toBoolean, toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import { assign } from './assignments.ts';
import { createException, ErrorRecord, placed, RuntimeFailure, TerminatingError } from './error-record.ts';
import { evaluate } from './evaluate.ts';
import { runFor, runForEach, runSwitch, runWhile } from './loops.ts';
import { runPipeline } from './pipeline.ts';
import { collector, fromResults } from './results.ts';
import type { Frame } from './session.ts';
import { BreakSignal, ContinueSignal, ExitSignal, ReturnSignal, type Sink } from './signals.ts';
import { runTry } from './try.ts';

export const withOutput = (frame: Frame, output: Sink): Frame => ({ ...frame, streams: { ...frame.streams, output } });

/** The value of a statement. An expression alone is not taken apart: `$a = ,1` keeps its list. */
export const valueOf = async (statement: Statement, frame: Frame): Promise<Value> => {
  const [element] = statement.kind === 'pipeline' && statement.elements.length === 1 ? statement.elements : [];
  if (element?.kind === 'command-expression' && element.redirections.length === 0) {
    const value = await evaluate(element.expression, frame);
    frame.session.succeeded = true;
    return value;
  }
  const { sink, results } = collector();
  await runStatement(statement, withOutput(frame, sink));
  return fromResults(results);
};

export const runBlock = async (block: Block, frame: Frame): Promise<void> => {
  for (const statement of block.statements) await runReported(statement, frame);
};

const preference = (frame: Frame): string =>
  toText(frame.scope.get('ErrorActionPreference') ?? 'Continue').toLowerCase();

/** Runs a statement. What ends only this statement is reported, and the next one runs; inside `try` it is the catch's. */
const runReported = async (statement: Statement, frame: Frame): Promise<void> => {
  try {
    await runStatement(statement, frame);
  } catch (error) {
    const terminating = error instanceof RuntimeFailure ? atStatement(error, statement, frame) : error;
    if (!(terminating instanceof TerminatingError)) throw terminating;
    frame.session.succeeded = false;
    if (frame.scope.get('.try') === true || terminating.endsScript || preference(frame) === 'stop') throw terminating;
    remember(terminating.record, frame);
    if (preference(frame) !== 'silentlycontinue' && preference(frame) !== 'ignore')
      await frame.streams.error(terminating.record);
  }
};

export const remember = (record: ErrorRecord, frame: Frame): void => void frame.session.errors.unshift(record);

export const atStatement = (
  failure: RuntimeFailure,
  { extent }: Pick<Statement, 'extent'>,
  frame: Frame,
): TerminatingError => new TerminatingError(placed(failure, { script: frame.script, extent }));

const thrown = async (statement: FlowControl, frame: Frame): Promise<TerminatingError> => {
  // Alone in a catch block, `throw` throws again what was caught.
  const caught = statement.operand === null ? frame.scope.get('.caught') : null;
  if (caught instanceof ErrorRecord) return new TerminatingError(caught, true);
  const value = statement.operand === null ? 'ScriptHalted' : await valueOf(statement.operand, frame);
  if (value instanceof ErrorRecord) return new TerminatingError(value, true);
  const isException = value !== null && typeof value === 'object' && 'is' in value && value.is('System.Exception');
  const text = isException ? toText(value.get('Message')) : toText(value);
  const record = new ErrorRecord({
    exception: isException ? value : createException('System.Management.Automation.RuntimeException', text),
    category: 'OperationStopped',
    target:
      value === null ? null : { text, type: isException ? (value.typeNames[0] ?? '').replace(/^.*\./, '') : 'String' },
    activity: '',
    id: text,
    place: { script: frame.script, extent: statement.extent },
  });
  return new TerminatingError(record, true);
};

const labelOf = async ({ operand }: FlowControl, frame: Frame): Promise<string | null> => {
  if (operand === null) return null;
  // A label is a bare word, which reads as a command without arguments.
  const [element] = operand.kind === 'pipeline' ? operand.elements : [];
  if (element?.kind === 'command' && element.name.kind === 'string') return element.name.value.toLowerCase();
  return toText(await valueOf(operand, frame)).toLowerCase();
};

const runFlow = async (statement: FlowControl, frame: Frame): Promise<never> => {
  switch (statement.kind) {
    case 'return':
      if (statement.operand !== null) await runStatement(statement.operand, frame);
      throw new ReturnSignal();
    case 'exit': {
      const value = statement.operand === null ? 0 : await valueOf(statement.operand, frame);
      throw new ExitSignal(Number(asNumber(value)?.value ?? Number(toText(value))) || 0);
    }
    case 'throw':
      throw await thrown(statement, frame);
    case 'break':
      throw new BreakSignal(await labelOf(statement, frame));
    case 'continue':
      throw new ContinueSignal(await labelOf(statement, frame));
  }
};

export const runStatement = async (statement: Statement, frame: Frame): Promise<void> => {
  switch (statement.kind) {
    case 'pipeline':
      return runPipeline(statement, frame);
    case 'assignment':
      await assign(statement, frame);
      frame.session.succeeded = true;
      return;
    case 'if': {
      for (const { condition, body } of statement.clauses) {
        if (toBoolean(await valueOf(condition, frame))) return runBlock(body, frame);
      }
      if (statement.otherwise !== null) await runBlock(statement.otherwise, frame);
      return;
    }
    case 'while':
      return runWhile(statement, frame);
    case 'for':
      return runFor(statement, frame);
    case 'foreach':
      return runForEach(statement, frame);
    case 'switch':
      return runSwitch(statement, frame);
    case 'try':
      return runTry(statement, frame);
    case 'return':
    case 'exit':
    case 'throw':
    case 'break':
    case 'continue':
      return runFlow(statement, frame);
    case 'function':
      frame.scope.defineFunction(statement.name, new ScriptBlockValue(statement.body, frame.script, statement.extent));
      return;
    case 'trap':
      throw new NotImplemented('the trap statement');
    case 'unsupported':
      throw new NotImplemented(`the ${statement.what} statement`);
    default:
      return assertNever(statement);
  }
};

/** Everything a block puts out, as `$( … )` and `@( … )` collect it. */
export const resultsOf = async (block: Block, frame: Frame): Promise<Value[]> => {
  const { sink, results } = collector();
  await runBlock(block, withOutput(frame, sink));
  return results;
};
