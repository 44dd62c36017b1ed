import { parseDynamic } from '../../values/dynamic.ts';
import { parseDatetime } from '../../values/parse-datetime.ts';
import { parseTimespan } from '../../values/parse-timespan.ts';
import type { RowFunction, RowValue } from '../row-function.ts';

/** The datetimes and timespans that a dynamic value holds are texts in it; a number is a count of ticks. */
const scalar =
  (parse: (text: string) => bigint | null) =>
  (json: RowValue): RowValue => {
    const value = typeof json === 'string' ? parseDynamic(json) : null;
    if (typeof value === 'bigint') return value;
    return typeof value === 'string' ? parse(value) : null;
  };

export const dynamicToDatetime: RowFunction = {
  name: 'kql_dynamic_datetime',
  params: ['dynamic'],
  result: 'datetime',
  compute: scalar(parseDatetime),
};

export const dynamicToTimespan: RowFunction = {
  name: 'kql_dynamic_timespan',
  params: ['dynamic'],
  result: 'timespan',
  compute: scalar(parseTimespan),
};

/** The text of a JSON string is its content, of anything else its JSON. */
export const dynamicText: RowFunction = {
  name: 'kql_dynamic_text',
  params: ['dynamic'],
  result: 'string',
  compute: (json) => {
    if (typeof json !== 'string') return '';
    const value = json.startsWith('"') ? parseDynamic(json) : undefined;
    return typeof value === 'string' ? value : json;
  },
};
