import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBScalarFunction,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import type { ScalarType } from '../../model/table.ts';
import type { RowFunction, RowValue } from '../sql/row-function.ts';

const types: Readonly<Record<ScalarType, DuckDBType>> = {
  string: VARCHAR,
  guid: VARCHAR,
  dynamic: VARCHAR,
  decimal: DOUBLE,
  long: BIGINT,
  datetime: BIGINT,
  timespan: BIGINT,
  int: INTEGER,
  real: DOUBLE,
  bool: BOOLEAN,
};

/** Makes a row function known to DuckDB under its name. */
export const registerRowFunction = (connection: DuckDBConnection, fn: RowFunction): void => {
  const registered = DuckDBScalarFunction.create({
    name: fn.name,
    parameterTypes: fn.params.map((param) => types[param]),
    returnType: types[fn.result],
    specialHandling: true,
    mainFunction: (_info, chunk, output) => {
      const vectors = fn.params.map((_, index) => chunk.getColumnVector(index));
      for (let row = 0; row < chunk.rowCount; row++) {
        output.setItem(row, fn.compute(...vectors.map((vector) => vector.getItem(row) as RowValue)));
      }
      output.flush();
    },
  });
  connection.registerScalarFunction(registered);
};
