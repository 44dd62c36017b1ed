/** `set /a`: 32-bit whole numbers, C's operators, names without percent signs. */

export class ArithmeticError extends Error {}

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

export interface Variables {
  get(name: string): string | null;
  set(name: string, value: string): void;
}

const levels: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']];

const divide = (a: number, b: number, rest: boolean): number => {
  if (b === 0) throw new ArithmeticError('Divide by zero error.');
  return rest ? a % b : Math.trunc(a / b);
};

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': Math.imul,
  '/': (a, b) => divide(a, b, false),
  '%': (a, b) => divide(a, b, true),
};

const numberOf = (text: string): number => {
  const value = /^0x/i.test(text) ? parseInt(text, 16) : /^0\d/.test(text) ? parseInt(text, 8) : Number(text);
  if (Number.isNaN(value) || value > 2 ** 31 - 1)
    throw new ArithmeticError('Invalid number.  Numbers are limited to 32-bits of precision.');
  return value;
};

const missing = (): ArithmeticError => new ArithmeticError('Missing operand.');

const unary = (cursor: Cursor, variables: Variables): number => {
  const token = cursor.tokens[cursor.at++];
  if (token === undefined) throw missing();
  if (token === '-') return -unary(cursor, variables) | 0;
  if (token === '+') return unary(cursor, variables);
  if (token === '~') return ~unary(cursor, variables);
  if (token === '!') return unary(cursor, variables) === 0 ? 1 : 0;
  if (token === '(') {
    const value = assignment(cursor, variables);
    if (cursor.tokens[cursor.at++] !== ')') throw new ArithmeticError('Unbalanced parenthesis.');
    return value;
  }
  if (/^\d/.test(token)) return numberOf(token);
  if (!/^[a-z_]/i.test(token)) throw missing();
  // What is not set, or no number, is 0.
  return parseInt(variables.get(token) ?? '0', 10) | 0;
};

const binary = (cursor: Cursor, variables: Variables, level: number): number => {
  const operators = levels[level];
  if (operators === undefined) return unary(cursor, variables);
  let left = binary(cursor, variables, level + 1);
  for (;;) {
    const operator = cursor.tokens[cursor.at];
    if (operator === undefined || !operators.includes(operator)) return left;
    cursor.at++;
    left = (operations[operator]?.(left, binary(cursor, variables, level + 1)) ?? 0) | 0;
  }
};

const assignment = (cursor: Cursor, variables: Variables): number => {
  const [name = '', operator = ''] = cursor.tokens.slice(cursor.at);
  if (!/^[a-z_]/i.test(name) || !/^(<<|>>|[-+*/%&|^])?=$/.test(operator)) return binary(cursor, variables, 0);
  cursor.at += 2;
  const right = assignment(cursor, variables);
  const before = parseInt(variables.get(name) ?? '0', 10) | 0;
  const value = operator === '=' ? right : (operations[operator.slice(0, -1)]?.(before, right) ?? 0) | 0;
  variables.set(name, String(value));
  return value;
};

/** The value of the last of several expressions, parted by commas. Quotes mean nothing. */
export const evaluateArithmetic = (text: string, variables: Variables): number => {
  const tokens = text.replaceAll('"', '').match(/<<=|>>=|<<|>>|[-+*/%&|^]=|0x[0-9a-f]+|\d+|[a-z_]\w*|[^\s]/gi) ?? [];
  const cursor = { tokens, at: 0 };
  let value = assignment(cursor, variables);
  while (tokens[cursor.at] === ',') {
    cursor.at++;
    value = assignment(cursor, variables);
  }
  if (cursor.at < tokens.length) throw new ArithmeticError('Missing operator.');
  return value;
};
