import type { LogScalar, LogValue } from '../../model/log-event.ts';

export type Fields = Record<string, LogValue>;

/** A plain object without a prototype that V8 still keeps in its fast form, which `Object.create(null)` does not get. */
const FieldsShape = function () {} as unknown as new () => Fields;
FieldsShape.prototype = Object.create(null) as object;

/** Names come from logs: `constructor` is absent until a record has it, and `__proto__` is a field like any other. */
export const createFields = (): Fields => new FieldsShape();

/** An object with nothing but fields, as those that `createFields` makes. */
export const adoptFields = (object: Fields): Fields =>
  Object.setPrototypeOf(object, FieldsShape.prototype as object) as Fields;

/** Sets a field; a name that comes again makes a list. A list that is passed belongs to the fields from then on. */
export const addField = (fields: Fields, name: string, value: LogValue): void => {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (isList(known)) append(known as LogScalar[], value);
  else fields[name] = isList(value) ? [known, ...value] : [known, value];
};

// In place: a hostile record may repeat one name a million times.
const append = (list: LogScalar[], value: LogValue): void => {
  if (isList(value)) for (const item of value) list.push(item);
  else list.push(value);
};

const isList = (value: LogValue): value is readonly LogScalar[] => Array.isArray(value);

/** The first text or number of a field, as text; null when there is none. */
export const textOf = (value: LogValue | undefined): string | null => {
  const scalar = value !== undefined && isList(value) ? value[0] : value;
  return scalar === undefined || scalar === null ? null : String(scalar);
};
