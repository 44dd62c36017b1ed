import type { Expr } from '../../plan/expr.ts';
import { patternProblem } from '../../sql/functions/sumo-regex.ts';
import type { SumoExpr } from '../syntax/ast.ts';
import { aggregateNames } from '../syntax/operators.ts';
import type { Flow } from './flow.ts';
import { call, literal, nullText, planConditional, planExpr, test } from './plan-expr.ts';
import type { Planning } from './planning.ts';
import { signatures } from './signatures.ts';
import { rangeEnd, rangeStart } from './time-range.ts';

type CallNode = SumoExpr & { kind: 'call' };

const planReplace = (planning: Planning, node: CallNode, flow: Flow): Expr => {
  const [text, from, to] = node.args;
  if (text === undefined || from === undefined || to === undefined || node.args.length > 3) {
    planning.invalid(node.span, `replace takes 3 arguments, not ${node.args.length}.`);
    return nullText(node.span);
  }
  const [value, replacement] = [planExpr(planning, text, flow), planExpr(planning, to, flow)];
  if (from.kind !== 'regex')
    return call('sumo:replace', [value, planExpr(planning, from, flow), replacement], 'string', node.span);
  const problem = patternProblem(from.pattern);
  if (problem !== null) planning.invalid(from.span, `This regular expression cannot be read: ${problem}`);
  if (/\(\?(?:[=!>]|<[=!])/.test(from.pattern)) planning.unsupported(from.span, 'looking around in replace');
  const pattern = literal('string', from.pattern, from.span);
  return call('sumo:replace-regex', [value, pattern, replacement], 'string', node.span);
};

const counted = (least: number, most: number): string => {
  if (least === most) return `${least} argument${least === 1 ? '' : 's'}`;
  return most === Number.POSITIVE_INFINITY ? `at least ${least} arguments` : `${least} to ${most} arguments`;
};

/** A call of a function in an expression. */
export const planCall = (planning: Planning, node: CallNode, flow: Flow): Expr => {
  const name = node.name.toLowerCase();
  const { span } = node;
  const planned = (): readonly Expr[] => node.args.map((arg) => planExpr(planning, arg, flow));
  switch (name) {
    case 'if': {
      const [condition, yes, no] = planned();
      if (condition !== undefined && yes !== undefined && no !== undefined && node.args.length === 3)
        return planConditional(condition, yes, no, span);
      planning.invalid(span, `if takes 3 arguments, not ${node.args.length}.`);
      return nullText(span);
    }
    case 'replace':
      return planReplace(planning, node, flow);
    case '[]': {
      const [map, key] = planned();
      if (map === undefined || key?.kind !== 'literal') return nullText(span);
      const path = literal('string', `['${String(key.value).replaceAll("'", '')}']`, key.span);
      return call('sumo:json', [map, path], 'string', span);
    }
    case 'in':
      return test(planning, 'in', planned(), span);
    case 'now':
    case 'queryendtime':
      return rangeEnd(span);
    case 'querystarttime':
      return rangeStart(planning, span);
    case 'querytimerange':
      return literal('long', String(planning.dialect.rangeMillis), span);
    default: {
      const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
      if (signature === undefined) {
        if (aggregateNames.has(name))
          planning.invalid(
            span,
            `${node.name} aggregates: it is an operator of its own, not part of an expression.`,
            'Aggregate first, then calculate behind the next pipe.',
          );
        else planning.unsupported(span, `the function ${node.name}`);
        return nullText(span);
      }
      if (node.args.length < signature.least || node.args.length > signature.most)
        planning.invalid(
          span,
          `${node.name} takes ${counted(signature.least, signature.most)}, not ${node.args.length}.`,
        );
      return call(signature.fn, planned(), signature.result, span);
    }
  }
};
