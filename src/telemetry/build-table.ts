import { eventActions, type EventAction } from '../model/event.ts';
import type { Mark } from '../model/persona.ts';
import type { TableInfo } from '../model/table.ts';
import type { BranchFile, ColumnExpression, SharedFile, TableFile } from './table-file.ts';
import type { BranchSpec, ColumnSpec, TableSpec } from './table-spec.ts';
import { unknownHubColumns } from './hub-columns.ts';

export type BuiltTable =
  { readonly ok: true; readonly table: TableSpec } | { readonly ok: false; readonly problems: readonly string[] };

const toColumn = (expression: ColumnExpression): ColumnSpec => {
  if (typeof expression === 'string') return { kind: 'value', sql: expression };
  return 'time' in expression
    ? { kind: 'time-text', sql: expression.time, shown: expression.shown }
    : { kind: 'timed-text', sql: expression.text, shown: expression.shown };
};

const saidColumns = ({ columns, empty }: SharedFile): readonly (readonly [string, ColumnSpec])[] => [
  ...Object.entries(columns).map(([name, expression]) => [name, toColumn(expression)] as const),
  ...empty.flatMap(({ because, columns: names }) => names.map((name) => [name, { kind: 'null', because }] as const)),
];

const duplicates = (names: readonly string[]): readonly string[] =>
  [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `${name} is said twice`);

/** Every column that the branch does not say, null for the one reason that it gives for all of them. */
const otherColumns = (
  { otherwise }: BranchFile,
  said: readonly (readonly [string, ColumnSpec])[],
  info: TableInfo,
): readonly (readonly [string, ColumnSpec])[] => {
  if (otherwise === undefined) return [];
  const names = new Set(said.map(([name]) => name));
  return info.columns.flatMap(({ name }) => (names.has(name) ? [] : [[name, { kind: 'null', because: otherwise }]]));
};

const columnProblems = (names: readonly string[], info: TableInfo): readonly string[] => [
  ...duplicates(names),
  ...info.columns.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} is not said`),
  ...names
    .filter((name) => !info.columns.some((column) => column.name === name))
    .map((name) => `${name} does not exist`),
];

const expressionProblems = (
  branch: BranchFile,
  said: readonly (readonly [string, ColumnSpec])[],
): readonly string[] => {
  const expressions = [branch.where, ...Object.values(branch.marks)];
  for (const [, column] of said) if (column.kind !== 'null') expressions.push(column.sql);
  return expressions.flatMap(unknownHubColumns).map((name) => `no hub column is called ${name}`);
};

/** A record of a log holds no time but its own: `renderRecords` leaves a place for that one alone. */
const recordProblems = (file: TableFile, said: readonly (readonly [string, ColumnSpec])[]): readonly string[] =>
  file.record === undefined
    ? []
    : said.flatMap(([name, column]) =>
        column.kind === 'time-text' && column.sql !== '"@timestamp"'
          ? [`${name} is a time of a record, and not the record's own`]
          : [],
      );

const isAction = (action: string): action is EventAction => (eventActions as readonly string[]).includes(action);

const buildNeeds = ({ needs }: BranchFile): BranchSpec['needs'] =>
  needs === null
    ? null
    : { actions: needs.actions.filter(isAction), persona: needs.persona ?? null, option: needs.option ?? null };

/** Checks a declaration against the product's schema, and puts the columns that branches share where they belong. */
export const buildTable = (
  file: TableFile,
  info: TableInfo | undefined,
  shared: ReadonlyMap<string, SharedFile>,
): BuiltTable => {
  if (info === undefined) return { ok: false, problems: [`no product table is called ${file.table}`] };
  const problems: string[] = duplicates(info.columns.map(({ name }) => name.toLowerCase())).map(
    (text) => `${text}, which DuckDB cannot tell apart`,
  );
  const branches = file.branches.map((branch): BranchSpec => {
    const missing = branch.include.filter((name) => !shared.has(name));
    const own = [branch, ...branch.include.flatMap((name) => shared.get(name) ?? [])].flatMap(saidColumns);
    const said = [...own, ...otherColumns(branch, own, info)];
    problems.push(
      ...missing.map((name) => `shared columns ${name} do not exist`),
      ...columnProblems(
        said.map(([name]) => name),
        info,
      ),
      ...expressionProblems(branch, said),
      ...recordProblems(file, said),
      ...(branch.needs?.actions ?? [])
        .filter((action) => !isAction(action))
        .map((action) => `no action is called ${action}`),
    );
    return {
      from: branch.from,
      where: branch.where,
      needs: buildNeeds(branch),
      off: null,
      marks: new Map(Object.entries(branch.marks) as [Mark, string][]),
      columns: new Map(said),
    };
  });
  const columnMarks = new Map(Object.entries(file.columnMarks));
  for (const name of columnMarks.keys())
    if (!info.columns.some((column) => column.name === name)) problems.push(`${name} is marked and does not exist`);
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] };
  return { ok: true, table: { info, marks: file.marks, columnMarks, record: file.record ?? null, branches } };
};
