import { columnsOf, walkExpr, type Call, type Column, type Expr } from '../plan/expr.ts';
import type { ExtendStage, ScanStage, SortStage, Stage } from '../plan/stage.ts';
import { groupReferences } from './operators/within.ts';
import type { Planning } from './planning.ts';
import type { Scope } from './scope.ts';

/** Functions that look at other rows. */
export const windowFunctions: ReadonlySet<string> = new Set([
  'prev',
  'next',
  'row_number',
  'row_cumsum',
  'row_rank',
  'row_rank_dense',
  'row_rank_min',
  'row_window_session',
]);

export const isWindow = (expr: Expr): boolean => {
  let found = false;
  walkExpr(expr, (inner) => (found ||= inner.kind === 'call' && windowFunctions.has(inner.fn)));
  return found;
};

const rankFunctions: ReadonlySet<string> = new Set(['row_rank', 'row_rank_dense', 'row_rank_min']);

/** Position of the argument that says where counting begins anew. */
const restartArgument: Readonly<Record<string, number>> = {
  row_number: 1,
  row_cumsum: 1,
  row_rank: 1,
  row_rank_dense: 1,
  row_rank_min: 1,
};

export interface Settled {
  /** Where the window functions' inputs and the rows' order are columns. */
  readonly stage: Stage;
  readonly exprs: readonly Expr[];
  readonly order: Column;
}

/**
 * Functions that look at other rows run over an explicit order, since an engine keeps none by itself, and within the groups of a
 * subquery that runs once for each. What they rest on (an inner window function, the runs between restarts) is computed in stages
 * before them.
 */
export const settleWindows = (planning: Planning, exprs: readonly Expr[], input: Stage, scope: Scope): Settled => {
  let current = input;
  const extend = (name: string, expr: Expr): Column => {
    const column = planning.column(name, expr.type);
    current = planning.add<ExtendStage>({
      kind: 'extend',
      source: null,
      input: current.id,
      computed: [{ column, expr }],
      output: current.output,
    });
    return column;
  };
  const span = exprs[0]?.span ?? { start: 0, end: 0 };
  const order = extend('', { kind: 'call', fn: 'window_ordinal', args: [], type: 'long', span });
  const reference = (column: Column): Expr => ({ kind: 'column', id: column.id, type: column.type, span });
  const none: Expr = { kind: 'literal', type: 'long', value: '0', span };
  const group =
    scope.within.length === 0
      ? none
      : reference(extend('', { kind: 'call', fn: 'window_group', args: groupReferences(scope), type: 'long', span }));
  const window = (call: Call, fn: string, args: readonly Expr[]): Call => ({
    ...call,
    fn: `window_${fn}`,
    args: [reference(order), group, ...args],
  });

  const settle = (expr: Expr): Expr => {
    if (expr.kind !== 'call') return expr;
    const args = expr.args.map((arg) =>
      isWindow(arg) && windowFunctions.has(expr.fn) ? reference(extend('', settle(arg))) : settle(arg),
    );
    if (!windowFunctions.has(expr.fn)) return { ...expr, args };
    const [, offset] = args;
    if ((expr.fn === 'prev' || expr.fn === 'next') && offset?.kind === 'literal' && Number(offset.value) < 1) {
      planning.invalid(offset.span, `${expr.fn} looks at least one row away.`);
    }
    const at = restartArgument[expr.fn] ?? -1;
    const restart = args[at];
    // The run that a row belongs to: how many restarts there were until it.
    const run: Expr =
      restart === undefined ? none : reference(extend('', window({ ...expr, type: 'long' }, 'runs', [restart])));
    if (expr.fn === 'row_window_session') {
      const sessions = planSessions(planning, scope, current, args);
      current = sessions.stage;
      return reference(sessions.start);
    }
    const plain = at === -1 ? args : args.slice(0, at);
    if (rankFunctions.has(expr.fn)) {
      const value = plain[0] ?? run;
      const changed = reference(extend('', window({ ...expr, type: 'bool' }, 'changed', [value, run])));
      if (expr.fn !== 'row_rank_min') return window(expr, 'row_rank_dense', [changed, run]);
      const place = reference(extend('', window({ ...expr, type: 'long' }, 'row_number', [run])));
      return window(expr, expr.fn, [changed, run, place]);
    }
    return window(expr, expr.fn, at === -1 ? plain : [run, ...plain]);
  };
  const settled = exprs.map((expr) => (isWindow(expr) ? settle(expr) : expr));
  return { stage: current, exprs: settled, order };
};

/** `row_window_session`: where the session of each row began, which is what a `scan` over the rows remembers. */
const planSessions = (
  planning: Planning,
  scope: Scope,
  input: Stage,
  [value, most, between, restart]: readonly Expr[],
): { readonly stage: Stage; readonly start: Column } => {
  if (value === undefined || most === undefined || between === undefined) throw new Error('a session without a span');
  const { span, type } = value;
  const column = (): Column => planning.column('', type);
  const [start, last, keptStart, keptLast] = [column(), column(), column(), column()];
  const reference = ({ id }: Column): Expr => ({ kind: 'column', id, type, span });
  const call = (fn: string, args: readonly Expr[], result: Expr['type'] = 'bool'): Call => ({
    kind: 'call',
    fn,
    args,
    type: result,
    span,
  });
  const away = (from: Column, limit: Expr): Expr => {
    const distance = type === 'datetime' ? 'timespan' : type;
    return call('>', [call('-', [value, reference(from)], distance), limit]);
  };
  const anew = call('or', [
    call('isnull', [reference(keptStart)]),
    away(keptStart, most),
    away(keptLast, between),
    ...(restart === undefined ? [] : [restart]),
  ]);
  const nothing: Expr = { kind: 'literal', type, value: null, span };
  const read = [value, most, between, ...(restart === undefined ? [] : [restart])].flatMap(columnsOf);
  const hidden = read.filter((id) => !input.output.some((known) => known.id === id));
  const stage = planning.add<ScanStage>({
    kind: 'scan',
    source: null,
    input: input.id,
    columns: [...input.output, ...hidden.map((id): Column => ({ id, name: '', type }))],
    within: scope.within,
    declared: [start, last].map((declared) => ({ column: declared, expr: nothing })),
    steps: [
      {
        state: [
          { of: start.id, column: keptStart },
          { of: last.id, column: keptLast },
        ],
        condition: { kind: 'literal', type: 'bool', value: true, span },
        assignments: [
          { column: start, expr: call('iff', [anew, value, reference(keptStart)], type) },
          { column: last, expr: value },
        ],
        emits: true,
      },
    ],
    match: null,
    output: [...input.output, start],
  });
  return { stage, start };
};

/** Puts rows back into the order that they had. */
export const restoreOrder = (planning: Planning, stage: Stage, order: Column): Stage =>
  planning.add<SortStage>({
    kind: 'sort',
    source: null,
    input: stage.id,
    keys: [
      {
        expr: { kind: 'column', id: order.id, type: 'long', span: { start: 0, end: 0 } },
        descending: false,
        nullsFirst: false,
      },
    ],
    output: stage.output,
  });

/** Whether a stage's rows stand in an order that window functions may rely on, by the service's own rules. */
export const isSerialized = (planning: Planning, stage: Stage): boolean => {
  switch (stage.kind) {
    case 'sort':
    case 'range':
      return true;
    case 'extend':
    case 'project':
    case 'filter':
    case 'limit':
      return planning.serialized.has(stage.id) || isSerialized(planning, planning.stage(stage.input));
    default:
      return planning.serialized.has(stage.id);
  }
};
