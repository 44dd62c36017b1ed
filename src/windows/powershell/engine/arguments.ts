import type { Argument } from '../commands/binding.ts';
import type { CommandArgument } from '../syntax/ast.ts';
import type { Expression } from '../syntax/expression-ast.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { Dictionary, type Value } from '../values/value.ts';
import { evaluate, plain } from './evaluate.ts';
import type { Frame } from './session.ts';
import { readVariable } from './variables.ts';

/** A number among arguments stays as it was written when text is wanted: `foo 0x10`, `foo 1.0`. */
const textOf = (expression: Expression, value: Value): string => {
  if (expression.kind === 'number') return expression.text;
  return expression.kind === 'array' ? asList(value).map(toText).join(',') : toText(value);
};

const splat = (name: string, frame: Frame): Argument[] => {
  const value = readVariable({ name, qualifier: null }, frame);
  if (!(value instanceof Dictionary))
    return asList(value).map((item) => ({ kind: 'value', value: item, text: toText(item) }));
  return value
    .entries()
    .map(([key, item]) => ({ kind: 'parameter', name: toText(key), value: item, text: `-${toText(key)}:` }));
};

const readArgument = async (argument: CommandArgument, frame: Frame): Promise<Argument[]> => {
  switch (argument.kind) {
    case 'value': {
      const value = plain(await evaluate(argument.value, frame));
      return [{ kind: 'value', value, text: textOf(argument.value, value), isList: argument.value.kind === 'array' }];
    }
    case 'parameter': {
      const value = argument.value === null ? undefined : plain(await evaluate(argument.value, frame));
      const text = `-${argument.name}${argument.value === null ? '' : ':'}`;
      return [{ kind: 'parameter', name: argument.name, value, text }];
    }
    case 'splat':
      return splat(argument.variable, frame);
    case 'verbatim':
      return [
        { kind: 'value', value: '--%', text: '--%' },
        { kind: 'value', value: argument.text, text: argument.text },
      ];
  }
};

export const readArguments = async (args: readonly CommandArgument[], frame: Frame): Promise<Argument[]> => {
  const read: Argument[] = [];
  for (const argument of args) read.push(...(await readArgument(argument, frame)));
  return read;
};
