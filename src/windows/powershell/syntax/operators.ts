/** Binary operators by how tightly they bind, loosest first: the levels of PowerShell's own parser. */
const levels = [
  ['and', 'or', 'xor'],
  ['band', 'bor', 'bxor'],
  [
    'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'notlike', 'match', 'notmatch', 'replace', 'contains', 'notcontains',
    'in', 'notin', 'split', 'join', 'is', 'isnot', 'as', 'shl', 'shr',
  ],
  ['+', '-'],
  ['*', '/', '%'],
  ['f'],
  ['..'],
] as const; // prettier-ignore

export type BinaryOperator = (typeof levels)[number][number];

export type UnaryOperator =
  'not' | 'bnot' | '+' | '-' | 'split' | 'csplit' | 'join' | ',' | '++x' | '--x' | 'x++' | 'x--';

const precedence = new Map<string, number>(
  levels.flatMap((operators, level) => operators.map((name) => [name, level + 1])),
);

export const bindingPower = (operator: BinaryOperator): number => precedence.get(operator) ?? 0;

/** Operators that have `c` and `i` forms. */
const caseVariants = new Set<string>(
  levels[2].filter((name) => !['is', 'isnot', 'as', 'shl', 'shr', 'join'].includes(name)),
);

/** Reads an operator's word (without the dash): `ceq` is `eq`, and heeds case. Null when it is none. */
export const readBinaryWord = (
  word: string,
): { readonly operator: BinaryOperator; readonly caseSensitive: boolean } | null => {
  const name = word.toLowerCase();
  if (precedence.has(name)) return { operator: name as BinaryOperator, caseSensitive: false };
  const plain = name.slice(1);
  if ((name[0] === 'c' || name[0] === 'i') && caseVariants.has(plain)) {
    return { operator: plain as BinaryOperator, caseSensitive: name[0] === 'c' };
  }
  return null;
};

const unaryWords: Readonly<Record<string, UnaryOperator>> = {
  not: 'not',
  bnot: 'bnot',
  split: 'split',
  isplit: 'split',
  csplit: 'csplit',
  join: 'join',
};

export const readUnaryWord = (word: string): UnaryOperator | null => unaryWords[word.toLowerCase()] ?? null;
