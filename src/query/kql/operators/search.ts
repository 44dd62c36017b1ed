import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { ExtendStage, FilterStage, Stage, UnionStage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import { planTable, planTableName, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, withRow, type Scope } from '../scope.ts';
import { binaryOperators } from '../operators-by-kind.ts';
import { isWildcard, sourceOf, tablesWithRows, viewNames, wildcardMembers } from './union.ts';

/** A table that is looked into, and what it is called. */
export interface SearchedTable {
  readonly stage: Stage;
  readonly label: string;
}

/** `abc*` searches beginnings of terms, `*abc` their ends, `*abc*` any place; a plain text searches whole terms. */
const termTest = (text: string, caseSensitive: boolean): { readonly fn: string; readonly text: string } => {
  const suffix = caseSensitive ? '_cs' : '';
  const starts = text.startsWith('*');
  const ends = text.length > 1 && text.endsWith('*');
  const inner = text.slice(starts ? 1 : 0, ends ? -1 : undefined);
  const name = starts && ends ? 'contains' : ends ? 'hasprefix' : starts ? 'hassuffix' : 'has';
  return { fn: `${name}${suffix}`, text: inner };
};

/** Columns whose text a search looks into. */
const isSearched = ({ type }: Column): boolean => ['string', 'dynamic', 'long', 'int', 'guid'].includes(type);

/** A condition in which a bare text is looked for in all columns. */
export const planCondition = (planning: Planning, node: Node, scope: Scope, caseSensitive: boolean): Expr => {
  const span = spanOf(node, scope);
  const kind = planning.kindOf(node);
  const inner = (name: string): Expr => planCondition(planning, node[name] as Node, scope, caseSensitive);
  const call = (fn: string, ...args: Expr[]): Expr => ({ kind: 'call', fn, args, type: 'bool', span });
  const anyColumn = (test: (value: Expr) => Expr): Expr => {
    const tests = scope.row
      .filter(isSearched)
      .map((column) => test({ kind: 'column', id: column.id, type: column.type, span }));
    return tests.length === 0 ? { kind: 'literal', type: 'bool', value: false, span } : call('or', ...tests);
  };
  const term = (value: Expr, text: string): Expr => {
    const test = termTest(text, caseSensitive);
    const literal: Literal = { kind: 'literal', type: 'string', value: test.text, span };
    return test.text === '' ? { kind: 'literal', type: 'bool', value: true, span } : call(test.fn, value, literal);
  };
  if (kind === 'StarExpression') return { kind: 'literal', type: 'bool', value: true, span };
  if (kind === 'AndExpression') return call('and', inner('Left'), inner('Right'));
  if (kind === 'OrExpression') return call('or', inner('Left'), inner('Right'));
  if (kind === 'ParenthesizedExpression') return inner('Expression');
  if (kind === 'FunctionCallExpression' && nameOf(node['Name'] as Node) === 'not') {
    const [argument] = elementsOf((node['ArgumentList'] as Node)['Expressions']);
    if (argument !== undefined) return call('not', planCondition(planning, argument, scope, caseSensitive));
  }
  if (kind.endsWith('LiteralExpression') && kind !== 'BooleanLiteralExpression') {
    const literal = planExpr(planning, node, scope);
    const text = literal.kind === 'literal' ? String(literal.value) : '';
    return anyColumn((value) => term(value, text));
  }
  if (kind === 'SearchExpression') {
    const text = planExpr(planning, node['Right'] as Node, scope);
    return term(planExpr(planning, node['Left'] as Node, scope), text.kind === 'literal' ? String(text.value) : '');
  }
  const operator = binaryOperators[kind];
  if (operator !== undefined && planning.kindOf(node['Left'] as Node) === 'StarExpression') {
    const right = planExpr(planning, node['Right'] as Node, scope);
    return anyColumn((value) => call(operator, value, right));
  }
  return planExpr(planning, node, scope);
};

export const searchedTables = (
  planning: Planning,
  node: Node,
  scope: Scope,
  input: Stage | null,
): readonly SearchedTable[] => {
  if (input !== null) return [{ stage: input, label: 'search_arg0' }];
  const within = node['InClause'] as Node | null;
  if (within === null) {
    return [...tablesWithRows(planning), ...viewNames(scope)].map((name) => ({
      stage: planTableName(planning, node, name, scope),
      label: name,
    }));
  }
  return elementsOf(within['Expressions']).flatMap((item) =>
    isWildcard(planning, item)
      ? wildcardMembers(planning, item, scope)
      : [
          {
            stage: planTable(planning, item, { ...scope, row: [], sides: null }),
            label: planning.kindOf(item) === 'NameReference' ? nameOf(item) : 'search_arg0',
          },
        ],
  );
};

/** Rows of one or many tables in which something is found, each with the name of its table. */
export const planSearch = (planning: Planning, node: Node, scope: Scope, input: Stage | null): Stage => {
  const span = spanOf(node, scope);
  const caseSensitive = wordOf(parametersOf(node['Parameters']), 'kind') === 'case_sensitive';
  const bound = columnsOfType(node.ResultType) ?? [];
  const members = searchedTables(planning, node, scope, input);
  const absent = new Set(bound.map(({ name }) => name));
  const found = members.map(({ stage, label }) => {
    const within: Scope = { ...withRow(scope, stage), absent };
    const expr = planCondition(planning, node['Condition'] as Node, within, caseSensitive);
    const filter = planning.add<FilterStage>({
      kind: 'filter',
      source: { operator: 'search', span },
      input: stage.id,
      conjuncts: [],
      output: stage.output,
    });
    planning.replace({
      ...filter,
      conjuncts: [{ id: `${filter.id}/1`, expr, span: spanOf(node['Condition'] as Node, scope) }],
    });
    return { filter, label };
  });
  const [only] = found;
  if (only === undefined) return refuseTable(planning, node, scope, 'search without tables');
  const literal = (type: Literal['type'], value: string | null): Literal => ({ kind: 'literal', type, value, span });
  const tableName = bound[0]?.name === '$table' ? bound[0] : undefined;
  const has = (name: string): boolean => only.filter.output.some((column) => column.name === name);
  if (found.length === 1 && bound.every((column) => column === tableName || has(column.name))) {
    if (tableName === undefined) return only.filter;
    const column = planning.column(tableName.name, 'string');
    return planning.add<ExtendStage>({
      kind: 'extend',
      source: null,
      input: only.filter.id,
      computed: [{ column, expr: literal('string', only.label) }],
      output: [column, ...only.filter.output],
    });
  }
  return planning.add<UnionStage>({
    kind: 'union',
    source: null,
    inputs: found.map(({ filter, label }) => ({
      stage: filter.id,
      columns: bound.map((wanted): Expr => {
        if (wanted === tableName) return literal('string', label);
        const column = sourceOf(filter.output, wanted);
        if (column === undefined) return literal(wanted.type, wanted.type === 'string' ? '' : null);
        return { kind: 'column', id: column.id, type: column.type, span };
      }),
    })),
    output: bound.map(({ name, type }) => planning.column(name, type)),
  });
};
