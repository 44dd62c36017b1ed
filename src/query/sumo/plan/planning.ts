import type { ScalarType, TableInfo } from '../../../model/table.ts';
import type { Column } from '../../plan/expr.ts';
import type { Pending } from '../../plan/pending.ts';
import type { Span } from '../../plan/span.ts';
import type { Stage } from '../../plan/stage.ts';
import type { SumoDialect } from '../dialect.ts';
import type { SumoQuery } from '../syntax/ast.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Flow } from './flow.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What planning one query accumulates. Planning goes on past what it refuses, so that all of it is found. */
export interface Planning {
  readonly dialect: SumoDialect;
  readonly tables: ReadonlyMap<string, TableInfo>;
  /** What has to be run before the rest of the query can be known: the first such operator. */
  readonly pending: Pending | null;
  postpone(pending: Pending): void;
  /** Plans a query inside the query; `shiftMillis` reads messages as much older as if they were new, and only those of the time range. */
  pipeline(query: SumoQuery, shiftMillis?: number): Flow;
  column(name: string, type: ScalarType): Column;
  add<S extends Stage>(stage: Without<S, 'id'>): S;
  replace<S extends Stage>(stage: S): S;
  report(problem: Problem): void;
  unsupported(span: Span, construct: string): void;
  invalid(span: Span, message: string, hint?: string): void;
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
}

export type PlanPipeline = (planning: Planning, query: SumoQuery, shiftMillis?: number) => Flow;

export const createPlanning = (
  dialect: SumoDialect,
  tables: ReadonlyMap<string, TableInfo>,
  plan: PlanPipeline,
): Planning => {
  const stages: Stage[] = [];
  const problems: Problem[] = [];
  let columns = 0;
  let pending: Pending | null = null;
  const planning: Planning = {
    dialect,
    tables,
    get pending() {
      return pending;
    },
    postpone: (found) => {
      pending ??= found;
    },
    pipeline: (query, shiftMillis) => plan(planning, query, shiftMillis),
    stages,
    problems,
    column: (name, type) => ({ id: `c${columns++}`, name, type }),
    add: <S extends Stage>(stage: Without<S, 'id'>): S => {
      const added = { ...stage, id: `s${stages.length + 1}` } as unknown as S;
      stages.push(added);
      return added;
    },
    replace: (stage) => {
      stages[stages.findIndex(({ id }) => id === stage.id)] = stage;
      return stage;
    },
    report: (problem) => problems.push(problem),
    unsupported: (span, construct) =>
      problems.push({ code: 'sumo/unsupported', span, message: `Not supported: ${construct}.` }),
    invalid: (span, message, hint) =>
      problems.push({ code: 'sumo/invalid', span, message, ...(hint === undefined ? {} : { hint }) }),
  };
  return planning;
};
