import type { TableInfo } from '../../../model/table.ts';
import type { Column, Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { ExtendStage, TableStage, UnionStage } from '../../plan/stage.ts';
import { reference, type Flow } from '../plan/flow.ts';
import { literal } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import { timeOf } from '../plan/plan-scope.ts';
import { recordColumns, recordTables } from '../record-tables.ts';

/** Tables of records that there is data of; where there is none, that of network records, which is empty. */
const tablesOf = (planning: Planning): readonly TableInfo[] => {
  const filled = recordTables.flatMap((name) => planning.tables.get(name) ?? []);
  return filled.length > 0 ? filled : [{ name: 'sec_record_network', columns: recordColumns }];
};

interface Source {
  readonly stage: TableStage;
  readonly time: Expr | null;
}

/**
 * All normalized records, whatever their kind: a rule reads them all. Every attribute of the schema is there; `unfilled` are those that
 * no table here has a column for, which are null in every record.
 */
export const planRecords = (
  planning: Planning,
  span: Span,
): { readonly flow: Flow; readonly time: Expr; readonly unfilled: ReadonlySet<string> } => {
  const sources = tablesOf(planning).map(({ name, columns }): Source => {
    const stage = planning.add<TableStage>({
      kind: 'table',
      source: { operator: 'records', span },
      table: name,
      nullText: true,
      output: columns.map((column) => planning.column(column.name, column.type)),
    });
    return { stage, time: timeOf(planning, stage) };
  });
  const known = new Map(
    sources.flatMap(({ stage }) => stage.output.map((column) => [column.name, column.type] as const)),
  );
  const attributes = [...known].map(([name, type]) => ({ name, type }));
  const missing = recordColumns.filter(({ name }) => !known.has(name));
  const time = planning.column('', 'long');
  const output = attributes.map(({ name, type }) => planning.column(name, type));
  const find = (stage: TableStage, name: string): Column | undefined =>
    stage.output.find((column) => column.name === name);
  const union = planning.add<UnionStage>({
    kind: 'union',
    source: null,
    inputs: sources.map(({ stage, time: own }) => ({
      stage: stage.id,
      columns: [
        ...attributes.map(({ name, type }): Expr => {
          const column = find(stage, name);
          return column === undefined ? literal(type, null, span) : reference(column, span);
        }),
        own ?? literal('long', null, span),
      ],
    })),
    output: [...output, time],
  });
  const nulls = missing.map(({ name, type }) => ({
    column: planning.column(name, type),
    expr: literal(type, null, span),
  }));
  const stage = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: union.id,
    computed: nulls,
    output: [...output, ...nulls.map(({ column }) => column)],
  });
  const moment = reference(time, span);
  const flow: Flow = {
    ...{ stage, time: moment, auto: null, slice: null, keys: null },
    ...{ open: false, sorted: false, matched: [], withTime: new Map<string, Expr>() },
  };
  return { flow, time: moment, unfilled: new Set(missing.map(({ name }) => name.toLowerCase())) };
};
