import { createExecutor, type Executor } from '../../../src/query/run/execute.ts';
import { settleQuery, type Settling, type Step } from '../../../src/query/run/settle-query.ts';
import { renderPlan } from '../../../src/query/sql/render-plan.ts';
import { ticksOfMicros } from '../../../src/query/values/ticks.ts';
import type { Engine } from '../../../src/query/engine.ts';
import { loadLanguages } from '../../../src/query/languages.ts';
import { openEngine } from '../../../src/query/open-engine.ts';
import type { Database } from '../../../src/telemetry/database.ts';
import { origin, now } from '../support.ts';
import type { EngineCase } from './cases.ts';
import { compare } from './compare.ts';

export interface Outcome {
  readonly id: string;
  readonly family: string;
  /** `refused`: said before running that it is not supported. `failed`: an error while running. */
  readonly verdict: 'pass' | 'wrong' | 'refused' | 'failed';
  readonly detail: string;
}

export interface Runner {
  run(engineCase: EngineCase): Promise<Outcome>;
}

export const createRunner = async (database: Database): Promise<Runner> => {
  const languages = await loadLanguages(['kql']);
  const engine: Engine = openEngine({ database, relations: new Map(), catalog: [], languages });
  const executor: Executor = createExecutor(database);
  const withTables: Settling['compile'] = (text, tables) =>
    openEngine({ database, relations: new Map(), catalog: tables, languages }).compile('kql', text, origin);
  return { run: (engineCase) => runCase(engine, executor, withTables, engineCase) };
};

const runCase = async (
  engine: Engine,
  executor: Executor,
  withTables: Settling['compile'],
  { id, family, query, expected }: EngineCase,
): Promise<Outcome> => {
  const outcome = (verdict: Outcome['verdict'], detail = ''): Outcome => ({ id, family, verdict, detail });
  const compiled = engine.compile('kql', query, origin);
  if (!compiled.ok) {
    const detail = compiled.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ');
    const unsupported = compiled.diagnostics.some(({ code }) => code === 'kql/unsupported');
    if (unsupported) return outcome('refused', detail);
    return expected.kind === 'error' ? outcome('pass') : outcome('refused', detail);
  }
  try {
    const steps = await settleQuery(
      compiled.query,
      { tables: new Map(), now: ticksOfMicros(now), relax: [] },
      { executor, compile: (text, tables) => withTables(text, tables) },
    );
    const last = steps.at(-1) as Step;
    const { columns } = last.query;
    const { rows } = await executor.read(renderPlan(last.query.plan, last.options));
    if (expected.kind === 'error') return outcome('wrong', 'gave rows where the engine gives an error');
    const difference = compare(query, expected, { columns, rows });
    return difference === null ? outcome('pass') : outcome('wrong', difference);
  } catch (error) {
    if (expected.kind === 'error') return outcome('pass');
    const message = error instanceof Error ? error.message : String(error);
    return outcome(message.includes('Not supported: ') ? 'refused' : 'failed', message);
  }
};
