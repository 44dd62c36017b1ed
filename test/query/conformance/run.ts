import { createExecutor, type Executor } from '../../../src/query/run/execute.ts';
import { renderPlan } from '../../../src/query/sql/render-plan.ts';
import { ticksOfMicros } from '../../../src/query/values/ticks.ts';
import type { Engine } from '../../../src/query/engine.ts';
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

export const createRunner = (database: Database): Runner => {
  const engine: Engine = openEngine({ database, relations: new Map(), catalog: [] });
  const executor: Executor = createExecutor(database);
  return { run: (engineCase) => runCase(engine, executor, engineCase) };
};

const runCase = async (
  engine: Engine,
  executor: Executor,
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
  const { plan, columns } = compiled.query;
  try {
    const { rows } = await executor.read(renderPlan(plan, { tables: new Map(), now: ticksOfMicros(now), relax: [] }));
    if (expected.kind === 'error') return outcome('wrong', 'gave rows where the engine gives an error');
    const difference = compare(query, expected, { columns, rows });
    return difference === null ? outcome('pass') : outcome('wrong', difference);
  } catch (error) {
    if (expected.kind === 'error') return outcome('pass');
    return outcome('failed', error instanceof Error ? error.message : String(error));
  }
};
