import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { activityFunctions } from './activity-rows.ts';
import { arrayRowFunctions } from './array-rows.ts';
import { bagRowFunctions } from './bag-rows.ts';
import { datetimeRowFunctions } from './datetime-rows.ts';
import { digestFunctions } from './digest-rows.ts';
import { encodingRowFunctions } from './encoding-rows.ts';
import { geoFunctions } from './geo-rows.ts';
import { hashFunctions } from './hash.ts';
import { ipRowFunctions } from './ip-rows.ts';
import { parseRowFunctions } from './parse-rows.ts';
import { regexFunctions } from './regex.ts';
import { scienceFunctions } from './science-rows.ts';
import { schemaFunctions } from './schema-rows.ts';
import { seriesDecomposeFunctions } from './series-decompose-rows.ts';
import { seriesElementFunctions } from './series-element-rows.ts';
import { seriesFitFunctions } from './series-fit-rows.ts';
import { seriesMathFunctions } from './series-math-rows.ts';
import { seriesFunctions } from './series-rows.ts';
import { userAgentFunctions } from './user-agent-rows.ts';
import { windowFunctions } from './window.ts';
import { textRowFunctions } from './text-rows.ts';
import { arithmeticFunctions } from './arithmetic.ts';
import { comparisonFunctions } from './comparison.ts';
import { conversionFunctions } from './conversion.ts';
import { datetimeFunctions } from './datetime.ts';
import { dynamicFunctions } from './dynamic.ts';
import { logicFunctions } from './logic.ts';
import { membershipFunctions } from './membership.ts';
import { numericFunctions } from './numeric.ts';
import { sigmaFunctions } from './sigma.ts';
import { stringFunctions } from './string.ts';
import { stringMatchFunctions } from './string-match.ts';
import { sumoFunctions } from './sumo.ts';

const functions: FunctionTable = {
  ...activityFunctions,
  ...arrayRowFunctions,
  ...bagRowFunctions,
  ...datetimeRowFunctions,
  ...digestFunctions,
  ...encodingRowFunctions,
  ...geoFunctions,
  ...hashFunctions,
  ...ipRowFunctions,
  ...parseRowFunctions,
  ...regexFunctions,
  ...textRowFunctions,
  ...schemaFunctions,
  ...scienceFunctions,
  ...seriesDecomposeFunctions,
  ...seriesElementFunctions,
  ...seriesFitFunctions,
  ...seriesMathFunctions,
  ...seriesFunctions,
  ...userAgentFunctions,
  ...windowFunctions,
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
  ...sigmaFunctions,
  ...sumoFunctions,
};

export const functionOf = (name: string): SqlFunction | undefined =>
  Object.hasOwn(functions, name) ? functions[name] : undefined;
