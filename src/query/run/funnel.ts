import type { ClauseCount, CompiledQuery } from '../engine.ts';
import type { Plan } from '../plan/plan.ts';
import { inputsOf, type FilterStage, type Stage } from '../plan/stage.ts';
import { renderCondition } from '../sql/render-expr.ts';
import { renderStages, type RenderOptions, type RenderedStages } from '../sql/render-plan.ts';
import type { Executor } from './execute.ts';

/** Stages that give as many rows as they get. */
const keepsRows = (stage: Stage): boolean => ['extend', 'project', 'sort'].includes(stage.kind);

const columnsFor = (id: string): string => id.replace('/', '_');

/** For a filter, from one pass over its input: rows in, and per conjunct those that pass in order, alone, and with all others. */
const filterCounts = (stage: FilterStage, { context }: RenderedStages): string => {
  const dropped = context.relaxed.has(stage.id);
  const tests = stage.conjuncts.map(({ id, expr }) => ({
    id,
    test: dropped || context.relaxed.has(id) ? 'TRUE' : `(${renderCondition(expr, context)})`,
    own: `(${renderCondition(expr, context)})`,
  }));
  const count = (conditions: readonly string[]): string =>
    conditions.length === 0 ? 'count(*)' : `count(*) FILTER (WHERE ${conditions.join(' AND ')})`;
  const parts = tests.flatMap(({ id, own }, index) => {
    const others = tests.filter((_, other) => other !== index).map(({ test }) => test);
    const name = columnsFor(id);
    return [
      `${count(tests.slice(0, index + 1).map(({ test }) => test))} AS ${name}_rows`,
      `${count([own])} AS ${name}_alone`,
      `${count(others)} AS ${name}_others`,
    ];
  });
  return `SELECT ${['count(*) AS rows_in', ...parts].join(', ')} FROM ${stage.input}`;
};

/** Conditions of a filter are counted over its input; other stages over themselves. */
const countQuery = (stage: Stage, rendered: RenderedStages): string =>
  stage.kind === 'filter' ? filterCounts(stage, rendered) : `SELECT count(*) AS rows_out FROM ${stage.id}`;

/**
 * One statement for all counts: stages whose rows are counted are materialized, so that each is computed once, and counts come back as
 * one struct per stage.
 */
const countStatement = (
  plan: Plan,
  options: RenderOptions,
): { readonly sql: string; readonly rendered: RenderedStages } => {
  const rendered = renderStages(plan, options);
  const ctes = plan.stages.map((stage) => {
    const once = stage.kind === 'table' || keepsRows(stage) ? 'NOT MATERIALIZED' : 'MATERIALIZED';
    return `${stage.id} AS ${once} (${rendered.bodies.get(stage.id) ?? ''})`;
  });
  const counted = plan.stages.filter((stage) => !keepsRows(stage));
  const counts = counted.map((stage) => `(SELECT q FROM (${countQuery(stage, rendered)}) AS q) AS ${stage.id}`);
  return { sql: `WITH ${ctes.join(',\n')}\nSELECT ${counts.join(',\n')}`, rendered };
};

type Struct = { readonly entries: Readonly<Record<string, bigint>> };

/** Row counts after every stage and conjunct of a query. */
export const countClauses = async (
  query: CompiledQuery,
  options: RenderOptions,
  executor: Executor,
  signal?: AbortSignal,
): Promise<readonly ClauseCount[]> => {
  const { plan } = query;
  const { sql, rendered } = countStatement(plan, options);
  const { names, rows } = await executor.read({ sql, rowFunctions: rendered.rowFunctions() }, signal);
  const structs = new Map(names.map((name, index) => [name, rows[0]?.[index] as unknown as Struct]));
  const number = (stage: string, name: string): number => Number(structs.get(stage)?.entries[name] ?? 0n);
  const rowsOf = (id: string): number => {
    const stage = plan.stages.find((candidate) => candidate.id === id);
    if (stage === undefined) return 0;
    if (keepsRows(stage)) return rowsOf(inputsOf(stage)[0] ?? '');
    if (stage.kind !== 'filter') return number(id, 'rows_out');
    const last = stage.conjuncts.at(-1);
    return last === undefined ? number(id, 'rows_in') : number(id, `${columnsFor(last.id)}_rows`);
  };
  const stageCounts = new Map(
    plan.stages.flatMap((stage): [string, ClauseCount][] => {
      const [input] = inputsOf(stage);
      const rowsIn = input === undefined ? rowsOf(stage.id) : rowsOf(sourceInput(plan, stage, input));
      const own: [string, ClauseCount] = [stage.id, { id: stage.id, rowsIn, rows: rowsOf(stage.id) }];
      if (stage.kind !== 'filter') return [own];
      return [own, ...conjunctCounts(stage, number)];
    }),
  );
  return query.clauses.map(({ id }) => stageCounts.get(id) ?? { id, rowsIn: 0, rows: 0 });
};

/** What an operator read: stages that planning put before it for its own use are part of it. */
const sourceInput = (plan: Plan, stage: Stage, input: string): string => {
  const before = plan.stages.find(({ id }) => id === input);
  const [further] = before === undefined ? [] : inputsOf(before);
  return before?.source === null && further !== undefined && stage.source !== null
    ? sourceInput(plan, stage, further)
    : input;
};

const conjunctCounts = (
  stage: FilterStage,
  number: (stage: string, name: string) => number,
): readonly [string, ClauseCount][] =>
  stage.conjuncts.map(({ id }, index) => {
    const name = columnsFor(id);
    const previous = stage.conjuncts[index - 1];
    return [
      id,
      {
        id,
        rowsIn:
          previous === undefined ? number(stage.id, 'rows_in') : number(stage.id, `${columnsFor(previous.id)}_rows`),
        rows: number(stage.id, `${name}_rows`),
        alone: number(stage.id, `${name}_alone`),
        withOthers: number(stage.id, `${name}_others`),
      },
    ];
  });
