import { parseDatetime } from '../../values/parse-datetime.ts';
import { parseTimespan } from '../../values/parse-timespan.ts';
import type { RowFunction } from '../row-function.ts';

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
