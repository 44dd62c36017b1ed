import type { LogValue } from '../../model/log-event.ts';
import { addField, type Fields } from '../log/fields.ts';

/** Sets a field of a Windows event. Data that is named like a part of the System element takes the name, and moves that part. */
export const putField = (fields: Fields, name: string, value: LogValue, displaces: string | null): void => {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (displaces !== null && fields[displaces] === undefined) {
    fields[displaces] = known;
    fields[name] = value;
  } else addField(fields, name, value);
};
