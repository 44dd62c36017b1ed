import { planExpr } from './plan-expr.ts';
import { planTable } from './plan-table.ts';
import { nameOf } from './plan-name.ts';
import type { Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { lazily, spanOf, withName, type Binding, type Scope } from './scope.ts';

const bindingOf = (planning: Planning, value: Node, scope: Scope): Binding => {
  if (planning.kindOf(value) === 'FunctionDeclaration') return { kind: 'function', declaration: value, scope };
  // Planned once however often it is named: the plan is a graph, and every mention reads the same stage.
  return value.ResultType?.Columns === undefined
    ? { kind: 'scalar', expr: lazily(() => planExpr(planning, value, { ...scope, row: [], sides: null })) }
    : { kind: 'table', stage: lazily(() => planTable(planning, value, { ...scope, row: [], sides: null })) };
};

/** Adds what `let` statements name; each sees those before it. */
export const bindStatements = (planning: Planning, statements: readonly Node[], scope: Scope): Scope =>
  statements.reduce((known, statement) => {
    switch (planning.kindOf(statement)) {
      case 'LetStatement': {
        const binding = bindingOf(planning, statement['Expression'] as Node, known);
        return withName(known, nameOf(statement['Name'] as Node), binding);
      }
      case 'PatternStatement': {
        const declaration = statement['Pattern'] as Node | null;
        if (declaration === null) planning.unsupported(spanOf(statement, known), 'a pattern without queries');
        else return withName(known, nameOf(statement['Name'] as Node), { kind: 'pattern', declaration, scope: known });
        return known;
      }
      case 'ExpressionStatement':
      case 'EmptyStatement':
        return known;
      // Options such as `set notruncation` tune the service; those that change answers are refused.
      case 'SetOptionStatement': {
        const option = nameOf(statement['Name'] as Node);
        if (/query_now|query_datetimescope/.test(option)) {
          planning.unsupported(spanOf(statement, known), `the option ${option}`);
        }
        const value = statement['ValueClause'] as Node | null;
        if (value !== null && option.startsWith('query_bin_auto_')) {
          planning.options.set(option, planExpr(planning, value['Expression'] as Node, known));
        }
        return known;
      }
      default:
        planning.unsupported(spanOf(statement, known), planning.kindOf(statement));
        return known;
    }
  }, scope);
