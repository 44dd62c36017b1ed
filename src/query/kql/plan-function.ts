import type { Expr } from '../plan/expr.ts';
import type { Stage } from '../plan/stage.ts';
import { planExpr, refuse } from './plan-expr.ts';
import { bindStatements } from './plan-statements.ts';
import { planTable } from './plan-table.ts';
import { nameOf } from './plan-name.ts';
import { elementsOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { lazily, spanOf, withName, type Binding, type Scope } from './scope.ts';

type FunctionBinding = Binding & { readonly kind: 'function' };

/** A function of the query is planned anew at every call, as the binder binds it anew: its tables depend on its arguments. */
const openBody = (
  planning: Planning,
  call: Node,
  args: readonly Node[],
  { declaration, scope: declared }: FunctionBinding,
  caller: Scope,
  piped: Stage | null,
): { readonly expression: Node; readonly scope: Scope } | null => {
  const declaredBody = declaration['Body'] as Node;
  const body = call.GetCalledFunctionBody?.() ?? null;
  const parameters = elementsOf((declaration['Parameters'] as Node)['Parameters']);
  const inner = parameters.reduce((scope, parameter, index) => {
    const name = nameOf((parameter['NameAndType'] as Node)['Name'] as Node);
    if (piped !== null && index === 0) return withName(scope, name, { kind: 'table', stage: () => piped });
    const given = argumentFor(planning, args, name, piped === null ? index : index - 1);
    return bindParameter(planning, scope, name, given, parameter, caller, declared);
  }, declared);
  const declaredAt = declared.offset + declaredBody.TextStart;
  // What stands before the query has no place in it but that of the call.
  const site = declaredAt < 0 ? planning.siteOf(caller.site?.span ?? spanOf(call, caller)) : undefined;
  const { start, end } = caller.call ?? spanOf(call, caller);
  // A bound call's body is a tree of its own: it stands where the declared body stands, blanks before it included.
  const scope: Scope = {
    ...inner,
    row: [],
    sides: null,
    implied: null,
    within: [],
    offset: body === null ? declared.offset : declaredAt - body.TextStart,
    ...(site === undefined ? { call: { start, end } } : { site }),
  };
  const actual = body ?? declaredBody;
  const expression = actual['Expression'] as Node | null;
  if (expression === null) return null;
  return { expression, scope: bindStatements(planning, elementsOf(actual['Statements']), scope) };
};

/** Positional, or by name (`f(n=3)`). */
const argumentFor = (planning: Planning, args: readonly Node[], name: string, index: number): Node | undefined => {
  const named = args.find(
    (arg) => planning.kindOf(arg) === 'SimpleNamedExpression' && nameOf(arg['Name'] as Node) === name,
  );
  if (named !== undefined) return named['Expression'] as Node;
  const positional = args[index];
  return positional !== undefined && planning.kindOf(positional) === 'SimpleNamedExpression' ? undefined : positional;
};

const bindParameter = (
  planning: Planning,
  scope: Scope,
  name: string,
  given: Node | undefined,
  parameter: Node,
  caller: Scope,
  declared: Scope,
): Scope => {
  const fallback = (parameter['DefaultValue'] as Node | null)?.['Value'] as Node | undefined;
  const node = given ?? fallback;
  if (node === undefined) return scope;
  // A default that stands before the query is placed where there is one.
  const from =
    given === undefined
      ? declared.offset < 0
        ? { ...declared, site: planning.siteOf({ start: 0, end: 0 }) }
        : declared
      : caller;
  const isTable = node.ResultType?.Columns !== undefined;
  return withName(
    scope,
    name,
    isTable
      ? { kind: 'table', stage: lazily(() => planTable(planning, node, from)) }
      : { kind: 'scalar', expr: lazily(() => planExpr(planning, node, from)) },
  );
};

/** A call of a function of the query, among scalars. */
export const planUserFunction = (
  planning: Planning,
  call: Node,
  args: readonly Node[],
  binding: FunctionBinding,
  scope: Scope,
): Expr => {
  const body = openBody(planning, call, args, binding, scope, null);
  if (body === null) return refuse(planning, call, scope, 'a function without a result');
  return planExpr(planning, body.expression, body.scope);
};

/** A call of a function of the query whose result is a table. */
export const planTableFunction = (
  planning: Planning,
  call: Node,
  args: readonly Node[],
  binding: FunctionBinding,
  scope: Scope,
  piped: Stage | null = null,
): Stage | null => {
  const body = openBody(planning, call, args, binding, scope, piped);
  return body === null ? null : planTable(planning, body.expression, body.scope);
};
