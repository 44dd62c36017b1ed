import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { Stage, UnionStage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type BoundColumn, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { nameOf } from '../plan-name.ts';
import { planTable, planTableName } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

interface Member {
  readonly stage: Stage;
  /** What `withsource` calls it. */
  readonly label: string;
}

export const isWildcard = (planning: Planning, node: Node): boolean =>
  planning.kindOf(node) === 'NameReference' && /Wildcarded/.test(planning.kindOf(node['Name'] as Node));

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * Of all tables, those that can give rows: nine hundred empty ones would be a plan of millions of cells. One stands for them where
 * there is no other.
 */
export const tablesWithRows = ({ tables, filled }: Planning): readonly string[] => {
  const names = [...tables.keys()];
  const found = names.filter((name) => filled.has(name));
  return found.length === 0 ? names.slice(0, 1) : found;
};

/** Functions of the query that are declared as views stand beside the tables. */
export const viewNames = ({ names }: Scope): readonly string[] =>
  [...names].flatMap(([name, binding]) =>
    binding.kind === 'function' && (binding.declaration['ViewKeyword'] ?? null) !== null ? [name] : [],
  );

/** `Device*` names every table that begins so. */
export const wildcardMembers = (planning: Planning, node: Node, scope: Scope): readonly Member[] => {
  const pattern = planning.textOf(node, scope).replace(/^\['?|'?\]$/g, '');
  const matches = new RegExp(`^${pattern.split('*').map(escapeRegex).join('.*')}$`);
  const tables = pattern === '*' ? tablesWithRows(planning) : [...planning.tables.keys()];
  const names = [...tables, ...viewNames(scope)].filter((name) => matches.test(name));
  return [...new Set(names)].map((name) => ({ stage: planTableName(planning, node, name, scope), label: name }));
};

/** The table that a member begins with, where nothing is called so. */
const missingSource = (planning: Planning, node: Node, scope: Scope): string | null => {
  const kind = planning.kindOf(node);
  if (kind === 'PipeExpression' || kind === 'ParenthesizedExpression') {
    return missingSource(planning, node['Expression'] as Node, scope);
  }
  if (kind !== 'NameReference') return null;
  const name = nameOf(node);
  return scope.names.has(name) || planning.aliases.has(name) || planning.tables.has(name) ? null : name;
};

const membersOf = (planning: Planning, node: Node, scope: Scope, input: Stage | null): readonly Member[] => {
  const isFuzzy = wordOf(parametersOf(node['Parameters']), 'isfuzzy')?.toLowerCase() === 'true';
  const first = input === null ? [] : [{ stage: input, label: 'union_arg0' }];
  const rest = elementsOf(node['Expressions']).flatMap((item, index): readonly Member[] => {
    if (isWildcard(planning, item)) return wildcardMembers(planning, item, scope);
    const missing = isFuzzy ? missingSource(planning, item, scope) : null;
    if (missing !== null) {
      planning.warn(spanOf(item, scope), `There is no table ${missing}: isfuzzy leaves it out.`);
      return [];
    }
    const stage = planTable(planning, item, { ...scope, row: [], sides: null });
    const named =
      planning.kindOf(item) === 'NameReference' &&
      (stage.kind === 'table' || scope.names.get(nameOf(item))?.kind === 'function');
    const alias = [...planning.aliases].find(([, aliased]) => aliased === stage)?.[0];
    return [{ stage, label: alias ?? (named ? nameOf(item) : `union_arg${index + first.length}`) }];
  });
  return [...first, ...rest];
};

/** A column of one name but several types becomes one per type, `a_long` and `a_string`. */
export const sourceOf = (
  columns: readonly Column[],
  wanted: BoundColumn,
  own: ReadonlySet<string> = new Set(),
): Column | undefined => {
  const alike = columns.filter(({ type }) => type === wanted.type);
  const exact = alike.find(({ name }) => name === wanted.name);
  if (exact !== undefined || own.has(wanted.name)) return exact;
  return alike.find(({ name, type }) => wanted.name.replace(/\d+$/, '') === `${name}_${type}`);
};

/** A column whose type the binder takes for another one; a name that stands for several types is none of those. */
const renamedType = (
  columns: readonly Column[],
  { name }: BoundColumn,
  bound: readonly BoundColumn[],
): Column | undefined => {
  const column = columns.find((candidate) => candidate.name === name);
  return column === undefined || bound.some((other) => other.name === `${name}_${column.type}`) ? undefined : column;
};

/** `a_int` and `a_long` where the binder takes a type for another one, and all members have the same, are one `a`. */
const ofOneType = (
  bound: readonly BoundColumn[],
  members: readonly Member[],
  own: ReadonlySet<string>,
): readonly BoundColumn[] => {
  const typesOf = (name: string): ReadonlySet<string> =>
    new Set(
      members.flatMap(({ stage }) => stage.output.filter((column) => column.name === name).map(({ type }) => type)),
    );
  const merged = bound.map((column): BoundColumn => {
    const base = column.name.endsWith(`_${column.type}`) ? column.name.slice(0, -column.type.length - 1) : '';
    const types = [...typesOf(base)];
    return own.has(base) && !own.has(column.name) && types.length === 1
      ? { name: base, type: (types[0] ?? column.type) as BoundColumn['type'] }
      : column;
  });
  return [...new Map(merged.map((column) => [column.name, column])).values()];
};

const ownNames = (members: readonly Member[]): ReadonlySet<string> =>
  new Set(members.flatMap(({ stage }) => stage.output.map(({ name }) => name)));

/**
 * `a_long` and `a_string` for columns that share a name: where a column is called so by itself, it keeps its name and the one that was
 * given gets a number. The binder has it the other way round.
 */
const withOwnNames = (bound: readonly BoundColumn[], own: ReadonlySet<string>): readonly BoundColumn[] => {
  const swapped = new Map(
    bound.flatMap(({ name, type }) => {
      const numbered = `${name}1`;
      const isGiven = name.endsWith(`_${type}`) && own.has(name) && own.has(name.slice(0, -type.length - 1));
      return isGiven && bound.some((other) => other.name === numbered)
        ? [[name, numbered] as const, [numbered, name] as const]
        : [];
    }),
  );
  return bound.map((column) => ({ ...column, name: swapped.get(column.name) ?? column.name }));
};

export const planUnion = (planning: Planning, node: Node, scope: Scope, input: Stage | null): Stage => {
  const span = spanOf(node, scope);
  const source = wordOf(parametersOf(node['Parameters']), 'withsource');
  const members = membersOf(planning, node, scope, input);
  const own = ownNames(members);
  const isInner = wordOf(parametersOf(node['Parameters']), 'kind')?.toLowerCase() === 'inner';
  const isShared = ({ name, type }: BoundColumn): boolean =>
    name === source || members.every(({ stage }) => sourceOf(stage.output, { name, type }, own) !== undefined);
  // The binder has all columns of an inner union too.
  const bound = withOwnNames(ofOneType(columnsOfType(node.ResultType) ?? [], members, own), own).filter(
    (column) => !isInner || isShared(column),
  );
  const literal = (type: Literal['type'], value: string | null): Literal => ({ kind: 'literal', type, value, span });
  const found = members.map(({ stage }) =>
    bound.map((wanted) => sourceOf(stage.output, wanted, own) ?? renamedType(stage.output, wanted, bound)),
  );
  // Where the engine's type is not the binder's, it is that of what the members have.
  const output = bound.map(({ name, type }, index) => {
    const types = new Set(found.flatMap((columns) => columns[index]?.type ?? []));
    return planning.column(name, types.size === 1 ? ([...types][0] ?? type) : type);
  });
  const inputs = members.map(({ stage, label }, member) => ({
    stage: stage.id,
    columns: output.map(({ name, type }, index): Expr => {
      if (index === 0 && name === source) return literal('string', label);
      const column = found[member]?.[index];
      if (column === undefined) return literal(type, type === 'string' ? '' : null);
      const value: Expr = { kind: 'column', id: column.id, type: column.type, span };
      return column.type === type ? value : { kind: 'call', fn: `to${type}`, args: [value], type, span };
    }),
  }));
  return planning.add<UnionStage>({
    kind: 'union',
    source: { operator: 'union', span },
    inputs,
    output,
  });
};
