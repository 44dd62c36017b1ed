import type { Micros } from '../../model/event.ts';
import type { LogValue } from '../../model/log-event.ts';
import type { Fields } from '../log/fields.ts';
import { parseEpoch, parseIsoTime } from '../log/parse-time.ts';

/** Where records say when it happened, most exact first. */
const names = [
  'TimeCreated_SystemTime',
  '@timestamp',
  'TimeCreated',
  'EventTime',
  'eventTime',
  'UtcTime',
  'TimeGenerated',
].concat([
  'Timestamp',
  'timestamp',
  'CreationTime',
  'published',
  'time',
  'requestReceivedTimestamp',
  'createdDateTime',
  'ts',
  'date',
]);

export const timeOfFields = (fields: Fields): Micros | null => {
  for (const name of names) {
    const value = fields[name];
    const time = value === undefined ? null : timeOf(value);
    if (time !== null) return time;
  }
  return null;
};

const timeOf = (value: LogValue): Micros | null => {
  if (typeof value === 'number') return parseEpoch(value);
  if (typeof value !== 'string') return null;
  // PowerShell's ConvertTo-Json.
  const dotNet = /^\/Date\((\d+)/.exec(value)?.[1];
  if (dotNet !== undefined) return Number(dotNet) * 1000;
  return /^\d{9,19}(?:\.\d+)?$/.test(value) ? parseEpoch(Number(value)) : parseIsoTime(value);
};
