import { existsSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import type { Comparison, If } from '../syntax/ast.ts';
import { matchFiles } from './match-files.ts';
import type { Shell } from './shell.ts';
import { expandLoops, lookUpIn } from './variables.ts';

/** Two whole numbers compare as numbers, anything else as text. */
const order = (left: string, right: string, ignoreCase: boolean): number => {
  const numbers = [left, right].map((text) => (/^-?\d+$/.test(text) ? Number(text) : NaN));
  const [a = NaN, b = NaN] = numbers;
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return left.localeCompare(right, 'en-US', { sensitivity: ignoreCase ? 'accent' : 'variant' });
};

const compare = (operator: Comparison, left: string, right: string, ignoreCase: boolean): boolean => {
  if (operator === '==') return ignoreCase ? left.toLowerCase() === right.toLowerCase() : left === right;
  const found = order(left, right, ignoreCase);
  return { equ: found === 0, neq: found !== 0, lss: found < 0, leq: found <= 0, gtr: found > 0, geq: found >= 0 }[
    operator
  ];
};

const exists = (path: string, shell: Shell): boolean => {
  if (/[*?]/.test(path)) return matchFiles(path, shell).length > 0;
  const found = findPath(path, shell.folder, shell.drive);
  return found !== null && existsSync(found.host);
};

const test = ({ condition, ignoreCase }: If, shell: Shell): boolean => {
  switch (condition.kind) {
    case 'exist':
      return exists(expandLoops(condition.path, shell), shell);
    case 'defined':
      return lookUpIn(shell)(condition.name) !== null;
    case 'errorlevel':
      return shell.errorLevel >= Number(condition.least);
    case 'compare':
      return compare(
        condition.operator,
        expandLoops(condition.left, shell),
        expandLoops(condition.right, shell),
        ignoreCase,
      );
  }
};

export const holds = (node: If, shell: Shell): boolean => test(node, shell) !== node.negated;
