import type { ScalarType } from '../../../model/table.ts';
import { dataTypes } from '../../values/data-types.ts';
import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { rowTable } from '../row-table.ts';

const textOf = (value: Dynamic | undefined): string => (typeof value === 'string' ? value : '');

const dataTypeOf = (type: string): string =>
  Object.hasOwn(dataTypes, type) ? dataTypes[type as ScalarType] : `ERROR(unknown CSL type:${type})`;

const typeOf = (types: readonly string[], isOutOfOrder: boolean): string => {
  const distinct = [...new Set(types)];
  if (distinct.length > 1) return `ERROR(${distinct.join(',')})`;
  return isOutOfOrder ? 'ERROR(columns are out of order)' : (distinct[0] ?? '');
};

/** Columns of several tables as those of one: where they stand in different places that is an error, unless order is of no matter. */
const mergeSchemas = (list: Dynamic, settings: Dynamic): Dynamic => {
  const rows = (isArray(list) ? list : []).filter(isArray).map(([name, ordinal, type]) => ({
    name: textOf(name),
    ordinal: Number(ordinal),
    type: textOf(type),
  }));
  const keepsOrder = !isArray(settings) || settings[0] !== false;
  const columns = [...Map.groupBy(rows, ({ name }) => name)].map(([name, all]) => {
    const ordinals = all.map(({ ordinal }) => ordinal);
    const isOutOfOrder = keepsOrder && new Set(ordinals).size > 1;
    const type = typeOf(
      all.map((column) => column.type),
      isOutOfOrder,
    );
    return { name, last: Math.max(...ordinals), isOutOfOrder, type };
  });
  return columns
    .sort((a, b) => a.last - b.last)
    .map(({ name, isOutOfOrder, type }, index): Dynamic => [
      name,
      isOutOfOrder ? -1n : BigInt(index),
      dataTypeOf(type),
      type,
    ]);
};

export const schemaFunctions = rowTable({
  plugin_schema_merge: { params: ['dynamic', 'dynamic'], result: 'dynamic', compute: mergeSchemas },
});
