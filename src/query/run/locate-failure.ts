import { inputsOf, type Stage } from '../plan/stage.ts';
import type { Expr } from '../plan/expr.ts';
import type { Plan } from '../plan/plan.ts';
import type { Span } from '../plan/span.ts';
import { renderExpr } from '../sql/render-expr.ts';
import { renderStages, type RenderOptions, type RenderedStages } from '../sql/render-plan.ts';
import type { Executor } from './execute.ts';

/** What DuckDB says of a statement begins with the kind of error; anything else is a bug of ours. */
const databaseError =
  /^(?:(?:Conversion|Out of Range|Invalid Input|Not implemented|Constraint|Binder|Catalog|Parser|INTERNAL) Error|TransactionContext Error)/i;
const ended = /^(?:INTERRUPT|Out of Memory) Error/i;

/** Of a statement that was sound and met a value that it could not take. */
export const isDatabaseError = (error: unknown): error is Error =>
  error instanceof Error && (databaseError.test(error.message) || ended.test(error.message));

/** Whether the same statement over fewer stages says more: one that was ended, or that took all memory, would again. */
export const isLocatable = ({ message }: Error): boolean => databaseError.test(message);

/** Where something failed: the stage, and the expression in it where it could be told. */
export interface Failure {
  readonly stage: string;
  readonly span: Span | null;
}

/**
 * Which part of a plan fails, found by running it again in parts: stage by stage, then the failing stage's expressions one by one, then
 * their arguments. Null when no part fails by itself.
 */
export const locateFailure = async (
  plan: Plan,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<Failure | null> => {
  const rendered = renderStages(plan, options);
  const fails = async (stages: readonly Stage[], select: string): Promise<boolean> => {
    const ctes = stages.map(({ id }) => `${id} AS (${rendered.bodies.get(id) ?? ''})`);
    const sql = `${ctes.length === 0 ? '' : `WITH ${ctes.join(',\n')}\n`}${select}`;
    try {
      await executor.read({ sql, rowFunctions: rendered.rowFunctions() }, signal);
      return false;
    } catch (error) {
      signal?.throwIfAborted();
      if (!isDatabaseError(error)) throw error;
      return true;
    }
  };
  for (const [index, stage] of plan.stages.entries()) {
    const upTo = plan.stages.slice(0, index + 1);
    // The hash of a row asks for all its columns.
    if (!(await fails(upTo, `SELECT bit_xor(hash(${stage.id})) FROM ${stage.id}`))) continue;
    const before = plan.stages.slice(0, index);
    return { stage: stage.id, span: await failingSpan(stage, rendered, (select) => fails(before, select)) };
  }
  return null;
};

interface Candidate {
  readonly expr: Expr;
  /** Conditions that its rows have met. */
  readonly where: readonly Expr[];
}

const candidatesOf = (stage: Stage): readonly Candidate[] => {
  switch (stage.kind) {
    case 'filter':
      return stage.conjuncts.map(({ expr }, index) => ({
        expr,
        where: stage.conjuncts.slice(0, index).map((conjunct) => conjunct.expr),
      }));
    case 'extend':
    case 'project':
      return stage.computed.map(({ expr }) => ({ expr, where: [] }));
    case 'aggregate':
      return [
        ...stage.keys.map(({ expr }) => expr),
        ...stage.aggregates.flatMap(({ args, carried }) => [...args, ...carried.map(({ expr }) => expr)]),
      ].map((expr) => ({ expr, where: [] }));
    case 'sort':
      return stage.keys.map(({ expr }) => ({ expr, where: [] }));
    default:
      return [];
  }
};

const failingSpan = async (
  stage: Stage,
  { context }: RenderedStages,
  fails: (select: string) => Promise<boolean>,
): Promise<Span | null> => {
  const [input] = inputsOf(stage);
  const select = ({ expr, where }: Candidate): string => {
    const conditions = where.map((condition) => `(${renderExpr(condition, context)})`);
    const filtered = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    return `SELECT bit_xor(hash(${renderExpr(expr, context)}))${input === undefined ? '' : ` FROM ${input}${filtered}`}`;
  };
  const deepest = async (candidate: Candidate): Promise<Span> => {
    const { expr, where } = candidate;
    for (const arg of expr.kind === 'call' ? expr.args : []) {
      if (arg.kind === 'call' && (await fails(select({ expr: arg, where })))) return deepest({ expr: arg, where });
    }
    return expr.span;
  };
  for (const candidate of candidatesOf(stage)) if (await fails(select(candidate))) return deepest(candidate);
  return null;
};
