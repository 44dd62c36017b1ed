import type { Language } from '../model/detection.ts';
import type { TextOrigin } from '../model/place.ts';
import type { TableInfo } from '../model/table.ts';
import type { Compiled, Engine, EngineOptions, RunOptions } from './engine.ts';
import { compileKql } from './kql/compile.ts';
import { loadKusto } from './kql/kusto.ts';
import { createLocator } from './plan/place-of.ts';
import { lazily } from './kql/scope.ts';
import { clausesOf } from './plan/clauses.ts';
import { lookbacksOf } from './plan/lookbacks.ts';
import { resultColumns, tablesOf, type Plan } from './plan/plan.ts';
import { toCell } from './run/cells.ts';
import { createExecutor } from './run/execute.ts';
import { countClauses } from './run/funnel.ts';
import { findNear } from './run/near.ts';
import { renderPlan, type RenderOptions } from './sql/render-plan.ts';
import type { TableSource } from './sql/render-table.ts';
import { ticksOfMicros } from './values/ticks.ts';

// Loading the binder takes a second; it holds no state of a query, so that all engines of a process share it.
const kusto = lazily(loadKusto);

/** Opens an engine over a database and what is known of its tables. */
export const openEngine = ({ database, relations, catalog }: EngineOptions): Engine => {
  const executor = createExecutor(database);
  const tables = new Map<string, TableInfo>([
    ...catalog.map((info) => [info.name, info] as const),
    ...[...relations].map(([name, { info }]) => [name, info] as const),
  ]);
  const sources = new Map(
    [...relations].map(([name, { info, sql, datetimes }]): [string, TableSource] => [
      name,
      { sql, columns: info.columns, ...(datetimes === undefined ? {} : { datetimes }) },
    ]),
  );
  const rendering = ({ now, relax }: RunOptions): RenderOptions => ({
    tables: sources,
    now: ticksOfMicros(now),
    relax: relax ?? [],
  });
  return {
    compile: (language, text, origin) => compile(language, text, origin, tables),
    run: async ({ plan, columns }, options) => {
      const { rows } = await executor.read(renderPlan(plan, rendering(options)), options.signal);
      return { columns, rows: rows.map((row) => columns.map(({ type }, index) => toCell(row[index] ?? null, type))) };
    },
    sql: ({ plan }, options) => renderPlan(plan, rendering(options)).sql,
    funnel: (query, options) => countClauses(query, rendering(options), executor, options.signal),
    near: (query, clause, options) => findNear(query, clause, rendering(options), executor, options.signal),
  };
};

const compile = (
  language: Language,
  text: string,
  origin: TextOrigin,
  tables: ReadonlyMap<string, TableInfo>,
): Compiled => {
  if (language !== 'kql') {
    const message = `No compiler for ${language} yet.`;
    return { ok: false, diagnostics: [{ code: `${language}/unsupported`, severity: 'error', message, place: origin }] };
  }
  const compiled = compileKql(kusto(), { text, origin }, tables);
  if (!compiled.ok) return compiled;
  const plan: Plan = compiled.value;
  const lookbacks = lookbacksOf(plan);
  return {
    ok: true,
    diagnostics: compiled.diagnostics,
    query: {
      language,
      text,
      plan,
      columns: resultColumns(plan),
      clauses: clausesOf(plan, text, createLocator({ text, origin })),
      tables: tablesOf(plan),
      ...(lookbacks === null ? {} : { lookbacks }),
    },
  };
};
