import type { TableStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

/**
 * `externaldata (…) ["https://…"]`: nothing is ever fetched. A relation named like the address stands for the file; without one the
 * table is empty, and the query says so.
 */
export const planExternalData = (planning: Planning, node: Node, scope: Scope): Stage => {
  const span = spanOf(node, scope);
  const [first] = elementsOf(node['URIs']).map((uri) => planExpr(planning, uri, { ...scope, row: [] }));
  const address = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : '';
  if (!planning.tables.has(address)) {
    planning.warn(span, `Nothing is fetched from ${address}: the table is empty unless data is given under this name.`);
  }
  return planning.add<TableStage>({
    kind: 'table',
    source: { operator: 'externaldata', span },
    table: address,
    output: (columnsOfType(node.ResultType) ?? []).map(({ name, type }) => planning.column(name, type)),
  });
};
