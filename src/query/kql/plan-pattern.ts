import type { Literal } from '../plan/expr.ts';
import type { Stage } from '../plan/stage.ts';
import { argumentsOf } from './plan-call.ts';
import { planExpr } from './plan-expr.ts';
import { nameOf } from './plan-name.ts';
import { bindStatements } from './plan-statements.ts';
import { planTable } from './plan-table.ts';
import { elementsOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { spanOf, withName, type Binding, type Scope } from './scope.ts';

type PatternBinding = Binding & { readonly kind: 'pattern' };

/** A value that is known before anything runs. */
const literalOf = (planning: Planning, node: Node, scope: Scope): Literal | null => {
  const expr = planExpr(planning, node, { ...scope, row: [], sides: null });
  return expr.kind === 'literal' ? expr : null;
};

/** What stands behind the dot of `App("a").Data`; a name stands for itself. */
const pathOf = (planning: Planning, path: Node | null, scope: Scope): string | null => {
  if (path === null) return '';
  if (planning.kindOf(path) === 'NameReference') return nameOf(path);
  const value = literalOf(planning, (path['Expression'] ?? path) as Node, scope);
  return value === null ? null : String(value.value);
};

const parameterName = (declaration: Node): string => nameOf(declaration['Name'] as Node);

/**
 * A call of a `declare pattern`: the query that stands at these values, with the values under their parameters' names. Null where
 * there is none.
 */
export const planPatternCall = (
  planning: Planning,
  call: Node,
  path: Node | null,
  { declaration, scope: declared }: PatternBinding,
  caller: Scope,
): Stage | null => {
  const given = argumentsOf(call).map((arg) => literalOf(planning, arg, caller));
  const member = pathOf(planning, path, caller);
  const match = elementsOf(declaration['Patterns']).find((candidate) => {
    const values = elementsOf((candidate['ParameterValues'] as Node)['Expressions']);
    const value = candidate['PathValue'] as Node | null;
    return (
      values.length === given.length &&
      values.every((node, index) => literalOf(planning, node, declared)?.value === given[index]?.value) &&
      pathOf(planning, value === null ? null : (value['Value'] as Node), declared) === member
    );
  });
  if (match === undefined || given.includes(null)) return null;
  const parameters = elementsOf(declaration['Parameters']).map(parameterName);
  const pathParameter = (declaration['PathParameter'] as Node | null)?.['Parameter'] as Node | undefined;
  const text: Literal = { kind: 'literal', type: 'string', value: member, span: spanOf(call, caller) };
  const values = [
    ...parameters.map((name, index) => [name, given[index] as Literal] as const),
    ...(pathParameter === undefined ? [] : [[parameterName(pathParameter), text] as const]),
  ];
  const body = match['Body'] as Node;
  const scope = values.reduce<Scope>(
    (known, [name, value]) => withName(known, name, { kind: 'scalar', expr: () => value }),
    { ...declared, row: [], sides: null, implied: null, within: [] },
  );
  return planTable(
    planning,
    body['Expression'] as Node,
    bindStatements(planning, elementsOf(body['Statements']), scope),
  );
};
