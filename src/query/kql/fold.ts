import type { Call, Expr } from '../plan/expr.ts';
import { printRealText } from '../values/real.ts';

const smallestLong = '-9223372036854775808';

/** A real that is known before anything runs. */
const knownReal = (expr: Expr | undefined): number | null => {
  if (expr?.kind === 'literal')
    return expr.type === 'real' && typeof expr.value === 'string' ? Number(expr.value) : null;
  if (expr?.kind !== 'call' || !['todouble', 'toreal'].includes(expr.fn)) return null;
  const [value] = expr.args;
  const isNumber = value?.kind === 'literal' && ['long', 'int', 'real'].includes(value.type);
  return isNumber && typeof value.value === 'string' ? Number(value.value) : null;
};

/** Where the service converts a constant otherwise than it converts a column's values. */
export const foldCall = (call: Call): Expr => {
  const [value] = call.args;
  // A constant real keeps its point: "1.0", where a column's gives "1".
  if (call.fn === 'tostring' && value?.kind === 'literal' && value.type === 'real' && typeof value.value === 'string') {
    const text = printRealText(Number(value.value));
    return { kind: 'literal', type: 'string', value: /^-?\d+$/.test(text) ? `${text}.0` : text, span: call.span };
  }
  // A constant beyond all longs becomes the smallest one, where a column's becomes the nearest.
  const real = call.fn === 'tolong' ? knownReal(value) : null;
  return real !== null && real >= 2 ** 63
    ? { kind: 'literal', type: 'long', value: smallestLong, span: call.span }
    : call;
};
