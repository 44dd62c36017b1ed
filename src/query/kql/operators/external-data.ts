import type { Column } from '../../plan/expr.ts';
import type { FilterStage, Stage, TableStage, UnionStage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { referenceTo } from './project-columns.ts';
import { formatOf, readRecords } from './external-records.ts';

/** What stands for the file at an address: a table of its records as they are, `Line` and, from 1, `Number`. */
export const externalTable = (address: string): string => `external:${address}`;

/**
 * `externaldata (…) ["https://…"]`: nothing is ever fetched. A file that stands for the address is read as the query says; rows that
 * are given under the address are taken by their columns' names; without either the table is empty, and the query says so.
 */
export const planExternalData = (planning: Planning, node: Node, scope: Scope): Stage => {
  const addresses = elementsOf(node['URIs']).map((uri) => {
    const value = planExpr(planning, uri, { ...scope, row: [] });
    return value.kind === 'literal' && typeof value.value === 'string' ? value.value : '';
  });
  const parts = addresses.map((address) => planAddress(planning, node, scope, address));
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? planAddress(planning, node, scope, '');
  return planning.add<UnionStage>({
    kind: 'union',
    source: null,
    inputs: parts.map(({ id, output }) => ({
      stage: id,
      columns: output.map((column) => referenceTo(column, node, scope)),
    })),
    output: first.output.map(({ name, type }) => planning.column(name, type)),
  });
};

const planAddress = (planning: Planning, node: Node, scope: Scope, address: string): Stage => {
  const span = spanOf(node, scope);
  const declared = columnsOfType(node.ResultType) ?? [];
  const source = { operator: 'externaldata', span };
  if (planning.tables.has(externalTable(address))) {
    const parameters = parametersOf((node['WithClause'] as Node | null)?.['Properties']);
    const line = planning.column('Line', 'string');
    const number = planning.column('Number', 'long');
    const records = planning.add<TableStage>({
      kind: 'table',
      source,
      table: externalTable(address),
      output: [line, number],
    });
    const input =
      wordOf(parameters, 'ignoreFirstRecord')?.toLowerCase() === 'true'
        ? withoutFirst(planning, node, scope, records, number)
        : records;
    return readRecords(planning, node, scope, input, {
      line,
      declared,
      format: formatOf(wordOf(parameters, 'format'), address),
      mapping: wordOf(parameters, 'ingestionMapping'),
    });
  }
  if (!planning.tables.has(address)) {
    planning.warn(span, `Nothing is fetched from ${address}: the table is empty unless data is given under this name.`);
  }
  return planning.add<TableStage>({
    kind: 'table',
    source,
    table: address,
    output: declared.map(({ name, type }) => planning.column(name, type)),
  });
};

const withoutFirst = (planning: Planning, node: Node, scope: Scope, records: Stage, number: Column): Stage => {
  const span = spanOf(node, scope);
  const filter = planning.add<FilterStage>({
    kind: 'filter',
    source: null,
    input: records.id,
    conjuncts: [],
    output: records.output,
  });
  const one = { kind: 'literal', type: 'long', value: '1', span } as const;
  const test = { kind: 'call', fn: '>', args: [referenceTo(number, node, scope), one], type: 'bool', span } as const;
  return planning.replace<FilterStage>({ ...filter, conjuncts: [{ id: `${filter.id}/1`, expr: test, span }] });
};
