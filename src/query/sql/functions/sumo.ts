import type { FunctionTable } from '../function-table.ts';
import { sumoLogicFunctions } from './sumo-logic.ts';
import { sumoNumberFunctions } from './sumo-number.ts';
import { sumoParseFunctions } from './sumo-parse-rows.ts';
import { sumoRowFunctions } from './sumo-rows.ts';
import { sumoTextFunctions } from './sumo-text.ts';
import { sumoTimeFunctions } from './sumo-time-rows.ts';
import { sumoWindowFunctions } from './sumo-window.ts';

/** What a Sumo plan calls; all names begin with `sumo`. */
export const sumoFunctions: FunctionTable = {
  ...sumoLogicFunctions,
  ...sumoNumberFunctions,
  ...sumoParseFunctions,
  ...sumoRowFunctions,
  ...sumoTextFunctions,
  ...sumoTimeFunctions,
  ...sumoWindowFunctions,
};
