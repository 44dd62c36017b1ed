import { parseDatetime } from '../../values/parse-datetime.ts';
import { parseBool, parseInteger, parseReal } from '../../values/parse-number.ts';
import { parseTimespan } from '../../values/parse-timespan.ts';
import type { RowFunction } from '../row-function.ts';

export const textToLong: RowFunction = {
  name: 'kql_text_long',
  params: ['string'],
  result: 'long',
  compute: (text) => (typeof text === 'string' ? parseInteger(text, 64) : null),
};

export const textToInt: RowFunction = {
  name: 'kql_text_int',
  params: ['string'],
  result: 'int',
  compute: (text) => {
    const value = typeof text === 'string' ? parseInteger(text, 32) : null;
    return value === null ? null : Number(value);
  },
};

export const textToReal: RowFunction = {
  name: 'kql_text_real',
  params: ['string'],
  result: 'real',
  compute: (text) => (typeof text === 'string' ? parseReal(text) : null),
};

export const textToBool: RowFunction = {
  name: 'kql_text_bool',
  params: ['string'],
  result: 'bool',
  compute: (text) => (typeof text === 'string' ? parseBool(text) : null),
};

export const textToDatetime: RowFunction = {
  name: 'kql_text_datetime',
  params: ['string'],
  result: 'datetime',
  compute: (text) => (typeof text === 'string' ? parseDatetime(text) : null),
};

export const textToTimespan: RowFunction = {
  name: 'kql_text_timespan',
  params: ['string'],
  result: 'timespan',
  compute: (text) => (typeof text === 'string' ? parseTimespan(text) : null),
};

/** A guid in any of its spellings, as the service prints it. */
export const parseGuid = (text: string): string | null => {
  const match = /^\s*[{(]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?\s*$/i.exec(
    text,
  );
  return match === null ? null : match.slice(1).join('-').toLowerCase();
};

export const textToGuid: RowFunction = {
  name: 'kql_text_guid',
  params: ['string'],
  result: 'guid',
  compute: (text) => (typeof text === 'string' ? parseGuid(text) : null),
};
