import type { Block, Try } from '../syntax/ast.ts';
import { fullTypeName } from '../values/type-of.ts';
import { PsObject } from '../values/value.ts';
import { RuntimeFailure, TerminatingError, type ErrorRecord } from './error-record.ts';
import type { Frame } from './session.ts';
import { atStatement, remember, runBlock } from './statements.ts';

/** While it is set, what ends a statement is a catch's to handle and not reported where it arose. */
const inTry = async (frame: Frame, run: () => Promise<void>, value: boolean): Promise<void> => {
  const before = frame.scope.get('.try') ?? null;
  frame.scope.set('.try', value);
  try {
    await run();
  } finally {
    frame.scope.set('.try', before);
  }
};

/** A typed catch also takes what a method threw inside PowerShell's own exception. */
const catchFor = (statement: Try, { fields }: ErrorRecord): Block | undefined => {
  const inner = fields.exception.get('InnerException');
  const isOf = (type: string): boolean =>
    fields.exception.is(fullTypeName(type)) || (inner instanceof PsObject && inner.is(fullTypeName(type)));
  return statement.catches.find(({ types }) => types.length === 0 || types.some(isOf))?.body;
};

const handle = async (statement: Try, error: unknown, frame: Frame): Promise<void> => {
  const failure = error instanceof RuntimeFailure ? atStatement(error, statement, frame) : error;
  const body = failure instanceof TerminatingError ? catchFor(statement, failure.record) : undefined;
  if (!(failure instanceof TerminatingError) || body === undefined) throw failure;
  remember(failure.record, frame);
  const before = [frame.scope.get('_') ?? null, frame.scope.get('.caught') ?? null] as const;
  frame.scope.set('_', failure.record);
  frame.scope.set('.caught', failure.record);
  try {
    await runBlock(body, frame);
  } finally {
    frame.scope.set('_', before[0]);
    frame.scope.set('.caught', before[1]);
  }
};

export const runTry = async (statement: Try, frame: Frame): Promise<void> => {
  try {
    try {
      await inTry(frame, () => runBlock(statement.body, frame), true);
    } catch (error) {
      await handle(statement, error, frame);
    }
  } finally {
    if (statement.finally !== null) await runBlock(statement.finally, frame);
  }
};
