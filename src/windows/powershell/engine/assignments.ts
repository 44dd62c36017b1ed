import { NotImplemented } from '../../os/not-implemented.ts';
import { arithmetic } from '../operators/arithmetic.ts';
import type { Assignment } from '../syntax/ast.ts';
import type { Expression } from '../syntax/expression-ast.ts';
import { asList, convert } from '../values/convert.ts';
import type { Value } from '../values/value.ts';
import { evaluate, plain } from './evaluate.ts';
import { writeIndex, writeMember } from './members.ts';
import type { Frame } from './session.ts';
import { valueOf } from './statements.ts';
import { writeVariable } from './variables.ts';

/** Stores a value where an expression says. A list on the left takes a list apart; the last name takes what is left. */
const store = async (target: Expression, value: Value, frame: Frame): Promise<void> => {
  switch (target.kind) {
    case 'variable':
      writeVariable(target, value, frame);
      return;
    case 'cast':
      return store(target.operand, convert(value, target.type), frame);
    case 'member':
      return writeMember(target, value, frame);
    case 'index':
      return writeIndex(target, value, frame);
    case 'array': {
      const items = asList(value);
      const last = target.elements.length - 1;
      for (const [index, element] of target.elements.entries()) {
        const rest = items.slice(index);
        await store(element, index === last && rest.length > 1 ? rest : (items[index] ?? null), frame);
      }
      return;
    }
    case 'paren':
      throw new NotImplemented('an assignment to an expression in parentheses');
    default:
      throw new NotImplemented(`an assignment to a ${target.kind}`);
  }
};

export const assign = async ({ target, operator, value }: Assignment, frame: Frame): Promise<void> => {
  const assigned = plain(await valueOf(value, frame));
  if (operator === '=') return store(target, assigned, frame);
  const before = plain(await evaluate(target, frame));
  const result = arithmetic(operator.charAt(0) as '+' | '-' | '*' | '/' | '%', before, assigned);
  return store(target, result, frame);
};

/** `$i++` as a statement has no result; in parentheses or a longer expression it has. */
export const stepBy = async (target: Expression, step: 1 | -1, frame: Frame, givesOld: boolean): Promise<Value> => {
  const before = plain(await evaluate(target, frame)) ?? 0;
  const after = arithmetic('+', before, step);
  await store(target, after, frame);
  return givesOld ? before : after;
};
