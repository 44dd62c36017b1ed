import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { arithmeticFunctions } from './arithmetic.ts';
import { comparisonFunctions } from './comparison.ts';
import { conversionFunctions } from './conversion.ts';
import { datetimeFunctions } from './datetime.ts';
import { dynamicFunctions } from './dynamic.ts';
import { logicFunctions } from './logic.ts';
import { membershipFunctions } from './membership.ts';
import { numericFunctions } from './numeric.ts';
import { stringFunctions } from './string.ts';
import { stringMatchFunctions } from './string-match.ts';

const functions: FunctionTable = {
  ...arithmeticFunctions,
  ...comparisonFunctions,
  ...conversionFunctions,
  ...datetimeFunctions,
  ...dynamicFunctions,
  ...logicFunctions,
  ...membershipFunctions,
  ...numericFunctions,
  ...stringFunctions,
  ...stringMatchFunctions,
};

export const functionOf = (name: string): SqlFunction | undefined =>
  Object.hasOwn(functions, name) ? functions[name] : undefined;
