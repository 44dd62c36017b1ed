import type { Column, Expr } from '../../plan/expr.ts';
import type {
  Aggregate,
  AggregateStage,
  Computed,
  ExtendStage,
  JoinFlavor,
  JoinStage,
  ProjectStage,
  Stage,
  UnionStage,
} from '../../plan/stage.ts';
import type { BoundColumn, Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { planAggregates } from './aggregate-call.ts';

/** One `top-nested` of the chain, with the groups that were kept up to it. */
export interface KeptLevel {
  readonly clause: Node;
  readonly key: Expr;
  /** The aggregate call. */
  readonly item: Node;
  readonly stage: Stage;
  /** In `stage`, the keys of this level and those above it. */
  readonly keys: readonly Column[];
}

const referenceOf = (column: Column): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: { start: 0, end: 0 },
});

const othersOf = ({ clause }: KeptLevel): Node | null => {
  const others = clause['WithOthersClause'] as Node | null;
  return others === null ? null : (others['Expression'] as Node);
};

/** Rows of the left side that have a partner, or have none; columns keep their ids. */
const restrict = (
  planning: Planning,
  flavor: JoinFlavor & ('leftsemi' | 'leftanti'),
  left: Stage,
  keys: readonly Column[],
  { stage, keys: partners }: KeptLevel,
): Stage =>
  planning.add<JoinStage>({
    kind: 'join',
    source: null,
    flavor,
    left: left.id,
    right: stage.id,
    on: partners.map((partner, index) => ({ left: referenceOf(keys[index] as Column), right: referenceOf(partner) })),
    columns: left.output.map(({ id }) => ({ id, side: 'left', from: id })),
    output: left.output,
  });

/**
 * `with others`: what was not kept at a level is one row more within each group of the levels above. Levels below that have their own
 * `with others` say what it comes to there, the rest are null.
 */
export const planOthers = (
  planning: Planning,
  scope: Scope,
  input: Stage,
  levels: readonly KeptLevel[],
  bound: readonly BoundColumn[],
): Stage => {
  const last = levels.at(-1) as KeptLevel;
  const keys = levels.map(({ key }) => planning.column('', key.type));
  const keyed = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: keys.map((column, index): Computed => ({ column, expr: (levels[index] as KeptLevel).key })),
    output: [...input.output, ...keys],
  });
  const others = levels.flatMap((level, at) => {
    const isLimited = level.clause['Expression'] !== null;
    const isTold = levels.slice(at).some((below) => othersOf(below) !== null);
    return isLimited && isTold ? [othersAt(planning, scope, keyed, keys, levels, at, bound)] : [];
  });
  return planning.add<UnionStage>({
    kind: 'union',
    source: { operator: 'top-nested', span: spanOf(last.clause, scope) },
    inputs: [last.stage, ...others].map((stage) => ({ stage: stage.id, columns: stage.output.map(referenceOf) })),
    output: bound.map(({ name }, index) => planning.column(name, last.stage.output[index]?.type ?? 'dynamic')),
  });
};

const othersAt = (
  planning: Planning,
  scope: Scope,
  keyed: Stage,
  keys: readonly Column[],
  levels: readonly KeptLevel[],
  at: number,
  bound: readonly BoundColumn[],
): Stage => {
  const level = levels[at] as KeptLevel;
  const above = at === 0 ? null : (levels[at - 1] as KeptLevel);
  const span = spanOf(level.clause, scope);
  const within = above === null ? keyed : restrict(planning, 'leftsemi', keyed, keys, above);
  const rest = restrict(planning, 'leftanti', within, keys, level);
  const outer = keys
    .slice(0, at)
    .map((column) => ({ column: planning.column('', column.type), expr: referenceOf(column) }));
  // A key that is always the same: where nothing is left over there is no row.
  const always = planning.column('', 'long');
  const aggregates: Aggregate[] = [];
  const values = levels.slice(at).map((below, index) => {
    if (othersOf(below) === null) return null;
    const name = bound[2 * (at + index) + 1];
    return planAggregates(planning, below.item, name === undefined ? [] : [name], scope, aggregates)[0]?.expr ?? null;
  });
  const grouped = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: rest.id,
    keys: [...outer, { column: always, expr: { kind: 'literal', type: 'long', value: '1', span } }],
    aggregates,
    output: [...outer.map(({ column }) => column), always, ...aggregates.map(({ column }) => column)],
  });
  const beside = above === null ? grouped : besideAbove(planning, grouped, outer, above);
  const carried = above === null ? [] : beside.output.slice(0, 2 * at);
  const last = levels.at(-1) as KeptLevel;
  const computed = last.stage.output.map((column, index): Computed => {
    const kept = carried[index];
    const own = planning.column(column.name, column.type);
    if (kept !== undefined) return { column: own, expr: referenceOf(kept) };
    const below = levels[Math.floor(index / 2)] as KeptLevel;
    const text = othersOf(below);
    const nothing: Expr = { kind: 'literal', type: column.type, value: column.type === 'string' ? '' : null, span };
    if (text === null) return { column: own, expr: nothing };
    const name = planExpr(planning, text, { ...scope, row: [] });
    return { column: own, expr: index % 2 === 0 ? name : (values[Math.floor(index / 2) - at] ?? nothing) };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: null,
    input: beside.id,
    computed,
    output: computed.map(({ column }) => column),
  });
};

/** What was left over, beside the values of the levels above. */
const besideAbove = (
  planning: Planning,
  grouped: Stage,
  outer: readonly Computed[],
  { stage, keys }: KeptLevel,
): Stage => {
  const sides = [
    ...stage.output.map(({ id, name, type }) => ({
      side: 'left' as const,
      from: id,
      output: planning.column(name, type),
    })),
    ...grouped.output.map((column) => ({ side: 'right' as const, from: column.id, output: column })),
  ];
  return planning.add<JoinStage>({
    kind: 'join',
    source: null,
    flavor: 'inner',
    left: stage.id,
    right: grouped.id,
    on: keys.map((key, index) => ({ left: referenceOf(key), right: referenceOf((outer[index] as Computed).column) })),
    columns: sides.map(({ side, from, output }) => ({ id: output.id, side, from })),
    output: sides.map(({ output }) => output),
  });
};
