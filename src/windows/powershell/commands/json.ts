import { RuntimeFailure } from '../engine/error-record.ts';
import { parseNumber, numberOf } from '../values/numbers.ts';
import { customObject, type Value } from '../values/value.ts';

const toValue = (json: unknown): Value => {
  if (json === null || typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') {
    const number = parseNumber(String(json));
    return number === null ? null : numberOf(number.type, number.value);
  }
  if (Array.isArray(json)) return json.map(toValue);
  return customObject(Object.entries(json as object).map(([name, value]) => [name, toValue(value)]));
};

/** JSON as ConvertFrom-Json gives it: objects become custom objects. */
export const parseJson = (text: string): Value => {
  try {
    return toValue(JSON.parse(text));
  } catch {
    throw new RuntimeFailure('System.ArgumentException', 'Invalid JSON primitive.', {
      category: 'NotSpecified',
      type: 'System.ArgumentException',
    });
  }
};
