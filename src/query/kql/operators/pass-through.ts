import type { LimitStage, Stage } from '../../plan/stage.ts';
import { elementsOf, type Node } from '../kusto.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { planExtend } from './extend.ts';

/** `as T`: later parts of the query may name what comes here. */
export const planAs = (planning: Planning, node: Node, _scope: Scope, input: Stage): Stage => {
  planning.aliases.set(nameOf(node['Name'] as Node), input);
  return input;
};

/** `serialize` fixes an order that rows here always have; it may compute columns too. */
export const planSerialize = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  serialized(planning, elementsOf(node['Expressions']).length === 0 ? input : planExtend(planning, node, scope, input));

const serialized = (planning: Planning, stage: Stage): Stage => {
  planning.serialized.add(stage.id);
  return stage;
};

/** `consume` reads everything and gives nothing. */
export const planConsume = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'consume', span: spanOf(node, scope) },
    input: input.id,
    count: { kind: 'literal', type: 'long', value: '0', span: spanOf(node, scope) },
    output: input.output,
  });
