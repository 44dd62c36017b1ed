import type { ScalarType } from '../../model/table.ts';
import { parseDynamic, printDynamic, type Dynamic } from '../values/dynamic.ts';
import { coerce } from './coerce.ts';
import type { FunctionTable, SqlFunction } from './function-table.ts';
import type { RowFunction, RowValue } from './row-function.ts';
import { sqlNull } from './literal.ts';

/** A value as a function written in TypeScript sees it: dynamic values parsed, the rest as in `RowValue`. */
export type Value = RowValue | Dynamic;

/** A function written in TypeScript. */
export interface RowSpec {
  readonly params: readonly ScalarType[];
  /** How many of the parameters must be given; the others come as null. All by default. */
  readonly required?: number;
  /** Further arguments of the last parameter's type come as one array in its place. */
  readonly variadic?: boolean;
  readonly result: ScalarType;
  /** Whether it wants to see null arguments; else a null in a required one makes the result null. */
  readonly seesNull?: boolean;
  // Each function states its own parameter types; `params` is what holds them to the values.
  readonly compute: (...args: never[]) => Value | undefined;
}

const fromRow = (value: RowValue, type: ScalarType): Value =>
  type === 'dynamic' && typeof value === 'string' ? (parseDynamic(value) ?? null) : value;

const toRow = (value: Value | undefined, type: ScalarType): RowValue => {
  if (value === null || value === undefined) return type === 'string' ? '' : null;
  return type === 'dynamic' ? printDynamic(value) : (value as RowValue);
};

const implement = (name: string, spec: RowSpec): RowFunction => {
  const params = spec.params.map((param, index) => (isRest(spec, index) ? 'dynamic' : param));
  const required = spec.required ?? spec.params.length;
  const compute = spec.compute as (...args: Value[]) => Value | undefined;
  return {
    name: `kql_${name}`,
    params,
    result: spec.result,
    compute: (...given) => {
      if (spec.seesNull !== true && given.slice(0, required).includes(null)) return toRow(null, spec.result);
      return toRow(compute(...given.map((value, index) => fromRow(value, params[index] ?? 'dynamic'))), spec.result);
    },
  };
};

const isRest = ({ variadic, params }: RowSpec, index: number): boolean =>
  variadic === true && index === params.length - 1;

const toSqlFunction = (name: string, spec: RowSpec): SqlFunction => {
  const implementation = implement(name, spec);
  const fixed = spec.variadic === true ? spec.params.length - 1 : spec.params.length;
  return {
    params: spec.params,
    variadic: spec.variadic === true,
    render: (args, call, context) => {
      const given = spec.params.slice(0, fixed).map((param, index) => args[index]?.sql ?? sqlNullOf(param));
      const rest = args.slice(fixed).map((arg) => `coalesce(${coerce(arg, 'dynamic', context).sql}, 'null')`);
      const packed = rest.length === 0 ? `'[]'` : `('[' || concat_ws(',', ${rest.join(', ')}) || ']')`;
      const sql = context.rowFunction(implementation, spec.variadic === true ? [...given, packed] : given);
      // The binder may know a narrower type (an int where the function gives a long).
      return call.type === spec.result
        ? sql
        : coerce({ sql, type: spec.result, nullable: true, literal: null }, call.type, context).sql;
    },
  };
};

const sqlNullOf = (type: ScalarType): string => (type === 'string' ? 'NULL::VARCHAR' : sqlNull(type));

/** Functions written in TypeScript, as a function table. */
export const rowTable = (specs: Readonly<Record<string, RowSpec>>): FunctionTable =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, toSqlFunction(name, spec)]));
