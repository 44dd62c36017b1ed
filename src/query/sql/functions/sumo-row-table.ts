import type { ScalarType } from '../../../model/table.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';
import type { RowFunction, RowValue } from '../row-function.ts';
import { sqlTypes } from '../types.ts';
import { asText, asType } from './sumo-values.ts';

/** A function of Sumo's in TypeScript. */
export interface SumoRowSpec {
  readonly params: readonly ScalarType[];
  /** How many of them must be given; the others come as null. All by default. */
  readonly required?: number;
  /** Further arguments come as one JSON array of texts, the last parameter. */
  readonly rest?: boolean;
  readonly result: ScalarType;
  /** What null arguments give: null, unless the function wants to see them. */
  readonly onNull?: RowValue;
  readonly compute: (...args: never[]) => RowValue;
}

const implement = (name: string, spec: SumoRowSpec): RowFunction => {
  const compute = spec.compute as (...args: RowValue[]) => RowValue;
  const required = spec.required ?? spec.params.length;
  return {
    name: `sumo_${name.replaceAll('-', '_')}`,
    params: spec.rest === true ? [...spec.params, 'string'] : spec.params,
    result: spec.result,
    compute: (...args) => (args.slice(0, required).includes(null) ? (spec.onNull ?? null) : compute(...args)),
  };
};

const toSql = (name: string, spec: SumoRowSpec): SqlFunction => {
  const implementation = implement(name, spec);
  return {
    params: ['any'],
    variadic: true,
    render: (args, _call, context) => {
      const fixed = spec.params.map((type, index) => {
        const arg = args[index];
        return arg === undefined ? `NULL::${sqlTypes[type]}` : asType(arg, type);
      });
      if (spec.rest !== true) return context.rowFunction(implementation, fixed);
      const texts = args.slice(spec.params.length).map(asText);
      return context.rowFunction(implementation, [...fixed, `to_json([${texts.join(', ')}]::VARCHAR[])::VARCHAR`]);
    },
  };
};

export const sumoRows = (specs: Readonly<Record<string, SumoRowSpec>>): FunctionTable =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [`sumo:${name}`, toSql(name, spec)]));
