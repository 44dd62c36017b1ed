import type { ScalarType, TableInfo } from '../../../model/table.ts';
import type { Column } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { Stage } from '../../plan/stage.ts';
import type { SumoDialect } from '../dialect.ts';
import type { Problem } from '../syntax/problem.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What planning one query accumulates. Planning goes on past what it refuses, so that all of it is found. */
export interface Planning {
  readonly dialect: SumoDialect;
  readonly tables: ReadonlyMap<string, TableInfo>;
  column(name: string, type: ScalarType): Column;
  add<S extends Stage>(stage: Without<S, 'id'>): S;
  replace<S extends Stage>(stage: S): S;
  report(problem: Problem): void;
  unsupported(span: Span, construct: string): void;
  invalid(span: Span, message: string, hint?: string): void;
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
}

export const createPlanning = (dialect: SumoDialect, tables: ReadonlyMap<string, TableInfo>): Planning => {
  const stages: Stage[] = [];
  const problems: Problem[] = [];
  let columns = 0;
  return {
    dialect,
    tables,
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
};
