import type { LogScalar } from '../../model/log-event.ts';
import { addField, adoptFields, createFields, type Fields } from '../log/fields.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const deepest = 32;

/**
 * An object as fields: nested names are joined by dots, a list stands for any of its items, a list of objects gives lists. An object that
 * is flat already becomes the fields: most records of logs are, and copying one costs as much as parsing it.
 */
export const flatten = (object: JsonObject): Fields => {
  if (isFlat(object)) return adoptFields(object);
  const fields = createFields();
  flattenInto(fields, object, '', 0);
  return fields;
};

export const flattenInto = (fields: Fields, object: JsonObject, prefix: string, depth = 0): void => {
  for (const name of Object.keys(object)) addValue(fields, prefix === '' ? name : prefix + name, object[name], depth);
};

const addValue = (fields: Fields, name: string, value: unknown, depth: number): void => {
  if (isScalar(value)) addField(fields, name, value);
  else if (depth >= deepest) addField(fields, name, textOfDeep(value));
  else if (Array.isArray(value)) addItems(fields, name, value, depth);
  else if (isObject(value)) flattenInto(fields, value, `${name}.`, depth + 1);
};

const addItems = (fields: Fields, name: string, items: readonly unknown[], depth: number): void => {
  if (items.every(isScalar)) addField(fields, name, [...items]);
  else for (const item of items) addValue(fields, name, item, depth + 1);
};

const isFlat = (object: JsonObject): object is Fields => {
  for (const name in object) if (!isScalar(object[name])) return false;
  return true;
};

const isScalar = (value: unknown): value is LogScalar => value === null || typeof value !== 'object';

const textOfDeep = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '(nested too deep to be shown)';
    throw error;
  }
};
