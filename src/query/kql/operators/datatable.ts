import type { Stage, ValuesStage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

/** `datatable (a:long)[1, 2]`: values row by row. */
export const planDatatable = (planning: Planning, node: Node, scope: Scope): Stage => {
  const output = (columnsOfType(node.ResultType) ?? []).map(({ name, type }) => planning.column(name, type));
  const values = elementsOf(node['Values']).map((value) => planExpr(planning, value, { ...scope, row: [] }));
  const width = Math.max(output.length, 1);
  const rows = Array.from({ length: Math.floor(values.length / width) }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'datatable', span: spanOf(node, scope) },
    rows,
    output,
  });
};
