import { printDatetime, printTimespan } from '../../values/ticks.ts';
import { printRealText } from '../../values/real.ts';
import { printDynamic } from '../../values/dynamic.ts';
import type { RowFunction } from '../row-function.ts';

export const datetimeText: RowFunction = {
  name: 'kql_datetime_text',
  params: ['datetime'],
  result: 'string',
  compute: (ticks) => (typeof ticks === 'bigint' ? printDatetime(ticks) : ''),
};

export const timespanText: RowFunction = {
  name: 'kql_timespan_text',
  params: ['timespan'],
  result: 'string',
  compute: (ticks) => (typeof ticks === 'bigint' ? printTimespan(ticks) : ''),
};

export const realText: RowFunction = {
  name: 'kql_real_text',
  params: ['real'],
  result: 'string',
  compute: (value) => (typeof value === 'number' ? printRealText(value) : ''),
};

/** A real as an element of a dynamic value. */
export const realJson: RowFunction = {
  name: 'kql_real_json',
  params: ['real'],
  result: 'dynamic',
  compute: (value) => (typeof value === 'number' ? printDynamic(value) : null),
};
