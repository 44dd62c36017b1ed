import { inputsOf } from '../plan/stage.ts';
import { pushThroughUniqueJoins } from '../plan/push-down.ts';
import type { Plan } from '../plan/plan.ts';
import { stageOf } from '../plan/plan.ts';
import type { RowFunction } from './row-function.ts';
import { neededColumns } from '../plan/needed-columns.ts';
import { rawColumnsOf } from './raw-columns.ts';
import { renderStage, type StageContext } from './render-stage.ts';
import type { TableSource } from './render-table.ts';

export interface RenderOptions {
  readonly tables: ReadonlyMap<string, TableSource>;
  readonly now: bigint;
  readonly relax: readonly string[];
}

/** SQL, and the row functions that it calls. */
export interface Statement {
  readonly sql: string;
  readonly rowFunctions: readonly RowFunction[];
}

export interface RenderedStages {
  /** `s1 AS (…)`, by stage. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly context: StageContext;
  readonly rowFunctions: () => readonly RowFunction[];
}

const writtenStages = (plan: Plan): ReadonlySet<string> => {
  const written = new Set<string>();
  for (const stage of plan.stages) {
    if (stage.kind !== 'table' && inputsOf(stage).every((input) => written.has(input))) written.add(stage.id);
  }
  return written;
};

/** Every stage as the body of a common table expression. */
export const renderStages = (plan: Plan, options: RenderOptions, needed = neededColumns(plan)): RenderedStages => {
  const used = new Map<string, RowFunction>();
  const context: StageContext = {
    column: (id) => id,
    now: options.now,
    tables: options.tables,
    relaxed: new Set(options.relax),
    written: writtenStages(plan),
    rawColumns: rawColumnsOf(plan, options.tables, needed),
    rowFunction: (fn, args) => {
      used.set(fn.name, fn);
      return `${fn.name}(${args.join(', ')})`;
    },
  };
  const bodies = new Map(
    plan.stages.map((stage) => [stage.id, renderStage(stage, context, needed.get(stage.id) ?? new Set())]),
  );
  return { bodies, context, rowFunctions: () => [...used.values()] };
};

/** A plan as one statement: a common table expression for each stage. */
export const renderPlan = (plan: Plan, options: RenderOptions): Statement => {
  const { bodies, rowFunctions } = renderStages(pushThroughUniqueJoins(plan, new Set(options.relax)), options);
  const ctes = [...bodies].map(([id, body]) => `${id} AS (${body})`).join(',\n');
  const columns = stageOf(plan, plan.root).output.map(({ id }) => id);
  const sql = `WITH ${ctes}\nSELECT ${columns.join(', ') || '1 AS nothing'} FROM ${plan.root}`;
  return { sql, rowFunctions: rowFunctions() };
};
