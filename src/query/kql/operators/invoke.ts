import type { Stage } from '../../plan/stage.ts';
import type { Node } from '../kusto.ts';
import { argumentsOf } from '../plan-call.ts';
import { planTableFunction } from '../plan-function.ts';
import { nameOf } from '../plan-name.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import type { Scope } from '../scope.ts';

/** A function of the query whose first argument is the table so far. */
export const planInvoke = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const call = node['Function'] as Node;
  const name = nameOf(call['Name'] as Node);
  const binding = scope.names.get(name);
  if (binding?.kind !== 'function') return refuseTable(planning, node, scope, `the function ${name}`);
  return (
    planTableFunction(planning, call, argumentsOf(call), binding, scope, input) ??
    refuseTable(planning, node, scope, `the function ${name}`)
  );
};
