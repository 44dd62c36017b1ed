import { isError } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import type { Compiled, CompiledQuery } from '../engine.ts';
import type { Plan } from '../plan/plan.ts';
import type { ValuesStage } from '../plan/stage.ts';
import { QueryError } from '../query-error.ts';
import type { RenderOptions } from '../sql/render-plan.ts';
import type { TableSource } from '../sql/render-table.ts';
import type { Executor } from './execute.ts';
import { settlePending } from './settle.ts';

/** One step of a query: what runs before its columns are known, or the query itself. */
export interface Step {
  readonly query: CompiledQuery;
  readonly options: RenderOptions;
}

export interface Settling {
  readonly executor: Executor;
  /** Compiles a text that may also name the given tables. */
  readonly compile: (text: string, tables: readonly TableInfo[]) => Compiled;
  /** Throws what went wrong, at its place. */
  readonly explain?: (error: unknown, step: Step) => Promise<never>;
  readonly signal?: AbortSignal;
}

/** A table's name in the place of the text that gave it, so long that everything after it keeps its place. */
const replaced = (
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  name: string,
): string =>
  text.slice(0, start) + name + text.slice(start, end).replaceAll(/[^\n]/g, ' ').slice(name.length) + text.slice(end);

/** The table that a step leaves to the next. */
export const settledTable = (step: number): string => `__settled_${step}`;

/** More would be a query that writes itself. */
const mostSteps = 10;

/**
 * The steps of a query. Where its columns depend on data, what they depend on is run, and the rest of the text is compiled over the
 * table that this gave; the last step is a query like others.
 */
export const settleQuery = async (
  query: CompiledQuery,
  options: RenderOptions,
  settling: Settling,
): Promise<readonly Step[]> => {
  const steps: Step[] = [{ query, options }];
  const tables: TableInfo[] = [];
  for (let last = steps[0]; last?.query.plan.pending !== undefined; last = steps.at(-1)) {
    if (steps.length > mostSteps) throw new Error('too many steps of a query depend on data');
    const { plan, text } = last.query;
    const pending = last.query.plan.pending;
    const name = settledTable(steps.length);
    const step = last;
    const table = await settlePending(plan, pending, name, step.options, settling.executor, settling.signal).catch(
      (error: unknown) => settling.explain?.(error, step) ?? Promise.reject(error as Error),
    );
    tables.push({ name, columns: table.source.columns });
    const compiled = settling.compile(replaced(text, pending.span, name), tables);
    // Without rows there are no columns to name, and nothing that could come of them.
    if (!compiled.ok && table.rows === 0) return [...steps.slice(0, -1), emptied(last)];
    if (!compiled.ok) throw new QueryError(compiled.diagnostics.filter(isError));
    const sources = new Map<string, TableSource>([...last.options.tables, [name, table.source]]);
    steps.push({
      query: compiled.query,
      options: { ...last.options, tables: sources, relax: relaxedIn(compiled.query, last) },
    });
  }
  return steps;
};

/** A query that ends where its data ends: no columns, no rows. */
const emptied = (step: Step): Step => {
  const { pending: _, ...plan } = step.query.plan;
  const values: ValuesStage = { kind: 'values', id: 'nothing', source: null, rows: [], output: [] };
  return {
    ...step,
    query: { ...step.query, columns: [], plan: { stages: [...plan.stages, values], root: values.id } },
  };
};

/** The same clauses under the ids that they have in the next step. */
const relaxedIn = (next: CompiledQuery, { query, options }: Step): readonly string[] => {
  const places = new Set(
    query.clauses
      .filter(({ id }) => options.relax.includes(id))
      .map(({ kind, place }) => JSON.stringify([kind, place])),
  );
  return next.clauses.filter(({ kind, place }) => places.has(JSON.stringify([kind, place]))).map(({ id }) => id);
};

/** What of a step's plan runs before its columns are known. */
export const settledPlan = ({ query: { plan } }: Step): Plan => {
  if (plan.pending === undefined) return plan;
  const { input } = plan.pending;
  const at = plan.stages.findIndex(({ id }) => id === input);
  return { stages: plan.stages.slice(0, at + 1), root: input };
};
