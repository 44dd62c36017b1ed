import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';
import { coerce } from '../coerce.ts';
import { hashRowFunctions } from './hash-rows.ts';

/** Texts by their bytes, numbers and times by their eight bytes. */
const form = (arg: Arg, context: SqlContext): readonly [name: string, arg: Arg] => {
  switch (arg.type) {
    case 'real':
      return ['hash_real', arg];
    case 'long':
    case 'int':
    case 'datetime':
    case 'timespan':
    case 'bool':
      return ['hash_long', arg.type === 'datetime' || arg.type === 'timespan' ? arg : coerce(arg, 'long', context)];
    default:
      return ['hash_text', coerce(arg, 'string', context)];
  }
};

const hash: SqlFunction = {
  params: ['any', 'long'],
  render: ([value, modulus], call, context) => {
    if (value === undefined) return 'NULL';
    const [name, arg] = form(value, context);
    const fn = hashRowFunctions[name];
    return fn === undefined ? 'NULL' : fn.render([arg, ...(modulus === undefined ? [] : [modulus])], call, context);
  },
};

export const hashFunctions: FunctionTable = { hash, hash_xxhash64: hash };
