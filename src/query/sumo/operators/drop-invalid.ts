import { assertNever } from '../../../model/assert-never.ts';
import type { Flow } from '../plan/flow.ts';
import { call, planExpr } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoExpr, SumoStage } from '../syntax/ast.ts';
import { filtered } from './filter.ts';

/** The expressions that an expression is made of. */
export const partsOf = (node: SumoExpr): readonly SumoExpr[] => {
  switch (node.kind) {
    case 'call':
      return node.args;
    case 'not':
    case 'negate':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'in':
      return [node.value, ...node.items];
    case 'conditional':
      return [node.condition, node.yes, node.no];
    case 'text':
    case 'number':
    case 'regex':
    case 'null':
    case 'truth':
    case 'field':
    case 'parameter':
    case 'subquery':
      return [];
    default:
      return assertNever(node);
  }
};

const dropping = new Set(['ispublicip', 'isprivateip', 'isreservedip']);

const callsIn = (node: SumoExpr): readonly (SumoExpr & { kind: 'call' })[] => [
  ...(node.kind === 'call' && dropping.has(node.name.toLowerCase()) ? [node] : []),
  ...partsOf(node).flatMap(callsIn),
];

/**
 * The service drops rows whose address is no IPv4 address where one of these functions looks at it, wherever in an expression it
 * stands: `!isPublicIP(x)` keeps no row that has no x.
 */
export const dropInvalid = (planning: Planning, node: SumoStage, flow: Flow): Flow => {
  const expr = node.kind === 'where' ? node.condition : node.kind === 'expression' ? node.expr : null;
  return (expr === null ? [] : callsIn(expr)).reduce((current, each) => {
    const [address] = each.args;
    if (address === undefined || address.kind === 'text') return current;
    const valid = call('sumo:isvalidipv4', [planExpr(planning, address, current)], 'bool', each.span);
    const source = { operator: each.name, span: each.span };
    return filtered(planning, current, [{ expr: valid, span: each.span }], source);
  }, flow);
};
