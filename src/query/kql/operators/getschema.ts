import type { ScalarType } from '../../../model/table.ts';
import type { Literal } from '../../plan/expr.ts';
import type { Stage, ValuesStage } from '../../plan/stage.ts';
import { columnsOfType, type Node } from '../kusto.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { dataTypes } from '../../values/data-types.ts';

/** The input's columns, one a row. */
export const planGetSchema = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const literal = (type: ScalarType, value: string): Literal => ({ kind: 'literal', type, value, span });
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'getschema', span },
    rows: input.output.map(({ name, type }, index) => [
      literal('string', name),
      literal('int', String(index)),
      literal('string', dataTypes[type]),
      literal('string', type),
    ]),
    output: (columnsOfType(node.ResultType) ?? []).map((column) =>
      planning.column(column.name, column.type === 'long' ? 'int' : column.type),
    ),
  });
};
