import type { Language } from '../model/detection.ts';
import type { Place } from '../model/place.ts';
import type { TableInfo } from '../model/table.ts';
import type { ClauseCount, Compiled, CompiledQuery, Engine, EngineOptions, RunOptions } from './engine.ts';
import type { KnownTables } from './known-tables.ts';
import { defaultDialect, type SumoDialect } from './sumo/dialect.ts';
import { clausesOf } from './plan/clauses.ts';
import { lookbacksOf } from './plan/lookbacks.ts';
import { createLocator, type QueryText } from './plan/place-of.ts';
import type { Span } from './plan/span.ts';
import { resultColumns, tablesOf, type Plan } from './plan/plan.ts';
import { toCell } from './run/cells.ts';
import { createExecutor } from './run/execute.ts';
import { explainFailure } from './run/explain-failure.ts';
import { countClauses } from './run/funnel.ts';
import { findNear } from './run/near.ts';
import { settledPlan, settledTable, settleQuery, type Step } from './run/settle-query.ts';
import { readHits } from './sigma/plan/read-hits.ts';
import { renderPlan, type RenderOptions } from './sql/render-plan.ts';
import type { TableSource } from './sql/render-table.ts';
import { ticksOfMicros, ticksPerMicro } from './values/ticks.ts';

/** Opens an engine over a database and what is known of its tables. */
export const openEngine = ({
  database,
  relations,
  catalog,
  functions = [],
  languages,
  sumo,
}: EngineOptions): Engine => {
  const executor = createExecutor(database);
  const dialect = { ...defaultDialect, ...sumo };
  const tables = new Map<string, TableInfo>([
    ...catalog.map((info) => [info.name, info] as const),
    ...[...relations].map(([name, { info }]) => [name, info] as const),
  ]);
  const filled = new Set(relations.keys());
  const fedBy = new Map(
    [...relations].flatMap(([name, { fedBy: by }]) => (by === undefined ? [] : [[name, by] as const])),
  );
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
  const compile = (
    language: Language,
    { text, origin }: QueryText,
    known: KnownTables,
    own: Partial<SumoDialect> | undefined,
  ): Compiled => {
    const compileText = languages.get(language);
    if (compileText === undefined) throw new Error(`this engine was opened without ${language}`);
    const compiled = compileText({ text, origin }, known, { ...dialect, ...own });
    if (!compiled.ok) return compiled;
    const query = describe(compiled.value, language, { text, origin });
    const kept = own === undefined ? query : { ...query, sumo: own };
    return { ok: true, query: kept, diagnostics: compiled.diagnostics };
  };
  const stepsOf = (query: CompiledQuery, options: RunOptions): Promise<readonly Step[]> =>
    settleQuery(query, rendering(options), {
      executor,
      compile: (text, more) => {
        const all = new Map([...tables, ...more.map((info) => [info.name, info] as const)]);
        return compile(query.language, { text, origin: query.origin }, { all, filled, fedBy, functions }, query.sumo);
      },
      explain: (error, step) => explain(error, query, step, options),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  const explain = async (error: unknown, query: CompiledQuery, step: Step, { signal }: RunOptions): Promise<never> => {
    throw await explainFailure(error, query, step, executor, signal);
  };
  return {
    compile: (language, text, origin, own) =>
      compile(language, { text, origin }, { all: tables, filled, fedBy, functions }, own),
    compileRule: (rule, own) => {
      const compileRule = languages.get('sumo')?.compileRule;
      if (compileRule === undefined) throw new Error('this engine was opened without sumo');
      const compiled = compileRule(rule, { all: tables, filled, fedBy }, { ...dialect, ...own });
      if (!compiled.ok) return compiled;
      const { plan, text, locate, diagnostics } = compiled;
      const origin = { file: rule.place.file, line: rule.place.line, column: rule.place.column };
      return { ok: true, query: described(plan, 'sumo', { text, origin }, locate), diagnostics };
    },
    compileCorrelation: (text, origin, wanted) => {
      const compileCorrelation = languages.get('sigma')?.compileCorrelation;
      if (compileCorrelation === undefined) throw new Error('this engine was opened without sigma');
      const query = { text, origin };
      const compiled = compileCorrelation(query, { all: tables, filled, fedBy }, wanted);
      if (compiled?.ok !== true) return compiled;
      const rules = compiled.rules.map((one) => ({
        ...one,
        query: one.planned === null ? null : describe(one.planned.plan, 'sigma', query),
      }));
      return { ...compiled, rules };
    },
    hits: (rules, { timed, signal }) =>
      readHits(executor, rules, {
        sourceOf: (table) => {
          const source = sources.get(table) ?? null;
          const sql = timed(table)?.sql;
          return source === null || sql === undefined ? source : { ...source, sql };
        },
        timeOf: (table) => timed(table)?.time ?? timeOfSource(sources.get(table)),
        signal,
      }),
    run: async (query, options) => {
      const last = lastOf(await stepsOf(query, options));
      const { rows } = await executor
        .read(renderPlan(last.query.plan, last.options), options.signal)
        .catch((error: unknown) => explain(error, query, last, options));
      const { columns } = last.query;
      return { columns, rows: rows.map((row) => columns.map(({ type }, index) => toCell(row[index] ?? null, type))) };
    },
    sql: ({ plan }, options) => renderPlan(plan, rendering(options)).sql,
    funnel: async (query, options) => {
      const steps = await stepsOf(query, options);
      const counts = new Map<string, ClauseCount>();
      let earlier: readonly ClauseCount[] = [];
      for (const [index, step] of steps.entries()) {
        const found = await countClauses(
          { ...step.query, plan: settledPlan(step) },
          step.options,
          executor,
          options.signal,
        ).catch((error: unknown) => explain(error, query, step, options));
        keysOf(step.query).forEach((key, at) => {
          const count = found[at];
          if (count !== undefined) counts.set(key, count);
        });
        const before = steps[index - 1];
        if (before !== undefined) {
          const input = earlier.find(({ id }) => id === before.query.plan.pending?.input);
          const settled = settledCount(before, step, index, found);
          if (settled !== null) counts.set(settled.key, { ...settled, rowsIn: input?.rows ?? settled.rows });
        }
        earlier = found;
      }
      const keys = keysOf(query);
      return query.clauses.map(({ id }, index) => ({ rowsIn: 0, rows: 0, ...counts.get(keys[index] ?? ''), id }));
    },
    near: async (query, clause, options) => {
      const wanted = keysOf(query)[query.clauses.findIndex(({ id }) => id === clause)];
      if (wanted === undefined) return [];
      for (const step of (await stepsOf(query, options)).toReversed()) {
        const same = step.query.clauses[keysOf(step.query).indexOf(wanted)];
        if (same === undefined) continue;
        const found = { ...step.query, plan: settledPlan(step) };
        return findNear(found, same.id, step.options, executor, options.signal);
      }
      return [];
    },
  };
};

/** Every table of the platforms says so when a row came to be; a table without it has rows without a time. */
const timeOfSource = (source: TableSource | undefined): string | null => {
  const column = source?.columns.find(({ name, type }) => name === 'TimeGenerated' && type === 'datetime');
  if (column === undefined) return null;
  return source?.datetimes === 'ticks'
    ? `("TimeGenerated" - ${ticksOfMicros(0)}) // ${ticksPerMicro}`
    : `epoch_us("TimeGenerated")`;
};

/** A clause is the same in every step of its query by where it stands; a function's clauses stand at every call of it. */
const keysOf = ({ clauses }: CompiledQuery): readonly string[] => {
  const seen = new Map<string, number>();
  return clauses.map(({ kind, stage, place }) => {
    const where = JSON.stringify([kind, stage, place]);
    const turn = seen.get(where) ?? 0;
    seen.set(where, turn + 1);
    return `${where} ${turn}`;
  });
};

/** What came of the operator whose columns depend on data: the next step reads it as a table. */
const settledCount = (
  { query: before }: Step,
  { query }: Step,
  index: number,
  found: readonly ClauseCount[],
): { readonly key: string; readonly id: string; readonly rows: number } | null => {
  const table = query.plan.stages.find((stage) => stage.kind === 'table' && stage.table === settledTable(index));
  const count = found.find(({ id }) => id === table?.id);
  const end = before.plan.pending?.span.end;
  const operator = before.plan.stages.findLast(
    ({ source }) => source?.span.end === end && source?.operator === 'evaluate',
  );
  const key = keysOf(before)[before.clauses.findIndex(({ id }) => id === operator?.id)];
  return count === undefined || key === undefined ? null : { key, id: count.id, rows: count.rows };
};

const lastOf = (steps: readonly Step[]): Step => {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('a query has at least one step');
  return last;
};

const describe = (plan: Plan, language: Language, query: QueryText): CompiledQuery =>
  described(plan, language, query, createLocator(query));

const described = (
  plan: Plan,
  language: Language,
  { text, origin }: QueryText,
  locate: (span: Span) => Place,
): CompiledQuery => {
  const lookbacks = lookbacksOf(plan);
  return {
    language,
    text,
    origin,
    plan,
    columns: plan.pending === undefined ? resultColumns(plan) : [],
    clauses: clausesOf(plan, text, locate),
    tables: tablesOf(plan),
    ...(lookbacks === null || plan.pending !== undefined ? {} : { lookbacks }),
  };
};
