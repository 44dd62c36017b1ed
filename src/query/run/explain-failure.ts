import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CompiledQuery } from '../engine.ts';
import { createMarker, type Marked } from '../plan/place-of.ts';
import { QueryError } from '../query-error.ts';
import type { Executor } from './execute.ts';
import { isDatabaseError, isLocatable, locateFailure } from './locate-failure.ts';
import { UnsettledError } from './settle.ts';
import { settledPlan, type Step } from './settle-query.ts';

/** An error of a run as a problem of the query (`last`: its last step), at its place in the text; an error of another kind as it is. */
export const explainFailure = async (
  error: unknown,
  query: CompiledQuery,
  last: Step,
  executor: Executor,
  signal?: AbortSignal,
): Promise<unknown> => {
  if (error instanceof UnsettledError) return new QueryError([problemAt(error.message, query, operatorOf(last))]);
  if (!isDatabaseError(error) || !isLocatable(error) || signal?.aborted === true) return error;
  const at = await placeOfFailure(last, executor, signal);
  return new QueryError([problemAt(messageOf(error), query, at)]);
};

const problemAt = (message: string, { language, origin }: CompiledQuery, at: Marked | null): Diagnostic => ({
  code: `${language}/run-time`,
  severity: 'error',
  message,
  ...(at ?? { place: origin }),
});

/** The operator that had to see data: the last one of the text that its table stands for. */
const operatorOf = ({ query }: Step): Marked | null => {
  const span = query.plan.pending?.span;
  if (span === undefined) return null;
  const pipe = query.text.lastIndexOf('|', span.end);
  const blanks = /^\s*/.exec(query.text.slice(pipe + 1))?.[0].length ?? 0;
  return createMarker(query)({ ...span, start: Math.max(span.start, pipe + 1 + blanks) });
};

const placeOfFailure = async (step: Step, executor: Executor, signal?: AbortSignal): Promise<Marked | null> => {
  const plan = settledPlan(step);
  const failure = await locateFailure(plan, step.options, executor, signal);
  const stage = plan.stages.find(({ id }) => id === failure?.stage);
  if (failure === null || stage === undefined) return null;
  const mark = createMarker(step.query);
  const clause = step.query.clauses.find(({ id }) => id === stage.id);
  const span = failure.span ?? stage.source?.span;
  if (span === undefined) return null;
  const marked = mark(span);
  // A rule's spans are none of its text: then the place of the clause is what is known.
  if (clause === undefined || stage.source === null) return marked;
  const own = mark(stage.source.span).place;
  return own.line === clause.place.line && own.column === clause.place.column ? marked : { place: clause.place };
};

/** Without the kind of error that the database files it under, and without its advice on SQL. */
const messageOf = ({ message }: Error): string =>
  (message.split('\n')[0] ?? message).replace(/^(?:Invalid Input|Conversion|Out of Range) Error: /i, '');
