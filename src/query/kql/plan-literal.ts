import type { Literal } from '../plan/expr.ts';
import type { Span } from '../plan/span.ts';
import { printDynamic, type Dynamic } from '../values/dynamic.ts';
import { printDatetime, printTimespan } from '../values/ticks.ts';
import { elementsOf, scalarTypeOf, type Node, type Token } from './kusto.ts';
import { literalValue, outOfRange } from './literal.ts';
import type { Planning } from './planning.ts';
import { spanOf, type Scope } from './scope.ts';

/** The binder leaves some literals without a type (the defaults of `scan declare`). */
const literalTypes: Readonly<Record<string, Literal['type']>> = {
  LongLiteralExpression: 'long',
  IntLiteralExpression: 'int',
  RealLiteralExpression: 'real',
  DecimalLiteralExpression: 'decimal',
  DateTimeLiteralExpression: 'datetime',
  TimespanLiteralExpression: 'timespan',
  GuidLiteralExpression: 'guid',
};

/** `LongLiteralExpression` and its kin. */
export const planLiteral = (planning: Planning, node: Node, scope: Scope): Literal => {
  const span = spanOf(node, scope);
  const kind = planning.kindOf(node);
  const type = literalTypes[kind] ?? scalarTypeOf(node.ResultType);
  if (kind === 'NullLiteralExpression') return { kind: 'literal', type, value: null, span };
  if (kind === 'StringLiteralExpression' || kind === 'CompoundStringLiteralExpression') {
    return { kind: 'literal', type: 'string', value: String(node.LiteralValue), span };
  }
  const text = node.Token?.Text ?? '';
  if (kind === 'BooleanLiteralExpression') return { kind: 'literal', type: 'bool', value: booleanValue(text), span };
  const value = literalValue(type, text);
  if (value === outOfRange) {
    planning.invalid(span, `No long is as large as ${text}.`);
    return { kind: 'literal', type, value: null, span };
  }
  if (value === undefined) {
    planning.unsupported(span, `the literal ${text}`);
    return { kind: 'literal', type, value: null, span };
  }
  return { kind: 'literal', type, value, span };
};

const booleanValue = (text: string): boolean | null => {
  if (/null/i.test(text)) return null;
  return /true|\b1\b/i.test(text);
};

/** What stands in `dynamic(…)`: JSON, with the language's own literals in it. */
export const planDynamicLiteral = (planning: Planning, node: Node, scope: Scope): Literal => {
  const span = spanOf(node, scope);
  const value = dynamicValue(planning, node['Expression'] as Node, span);
  return { kind: 'literal', type: 'dynamic', value: value === null ? null : printDynamic(value), span };
};

const dynamicValue = (planning: Planning, node: Node, span: Span): Dynamic => {
  switch (planning.kindOf(node)) {
    case 'JsonObjectExpression':
      return new Map(
        elementsOf(node['Pairs']).map((pair) => [
          (pair['Name'] as Token).ValueText,
          dynamicValue(planning, pair['Value'] as Node, span),
        ]),
      );
    case 'JsonArrayExpression':
      return elementsOf(node['Values']).map((item) => dynamicValue(planning, item, span));
    case 'NullLiteralExpression':
      return null;
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return String(node.LiteralValue);
    case 'BooleanLiteralExpression':
      return booleanValue(node.Token?.Text ?? '');
    case 'UnaryMinusExpression':
      return negated(dynamicValue(planning, node['Expression'] as Node, span));
    case 'UnaryPlusExpression':
    case 'DynamicExpression':
      return dynamicValue(planning, node['Expression'] as Node, span);
    default:
      return scalarInDynamic(planning, node, span);
  }
};

const negated = (value: Dynamic): Dynamic => (typeof value === 'bigint' || typeof value === 'number' ? -value : value);

const scalarInDynamic = (planning: Planning, node: Node, span: Span): Dynamic => {
  const type = scalarTypeOf(node.ResultType);
  const value = literalValue(type, node.Token?.Text ?? '');
  if (value === null) return null;
  if (value === outOfRange) {
    planning.invalid(span, `No long is as large as ${node.Token?.Text ?? ''}.`);
    return null;
  }
  if (value === undefined) {
    planning.unsupported(span, `the dynamic literal ${node.Token?.Text ?? planning.kindOf(node)}`);
    return null;
  }
  switch (type) {
    case 'long':
    case 'int':
      return BigInt(value);
    case 'real':
    case 'decimal':
      return Number(value);
    case 'datetime':
      return printDatetime(BigInt(value));
    case 'timespan':
      return printTimespan(BigInt(value));
    default:
      return value;
  }
};
