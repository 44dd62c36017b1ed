import type { LogEvent, LogOrigin } from '../../model/log-event.ts';
import type { SourceOf } from '../log/sources.ts';
import { flatten, type JsonObject } from './flatten.ts';
import { journalEvent } from './journal-records.ts';
import { fieldsOfEventTree, fieldsOfWinlog } from './windows-records.ts';
import { sourceOfFields } from './source-of-fields.ts';
import { timeOfFields } from './time-of-fields.ts';

/**
 * A record of a structured log as an event. Windows events are recognized in the forms in which tools write them (flat, Winlogbeat and
 * ECS, the tree of `Event`), and get the names that Windows gives its fields; the names they came with stay.
 */
export const toEvent = (record: JsonObject, origin: LogOrigin, sourceOf: SourceOf): LogEvent => {
  const journaled = journalEvent(record, origin, sourceOf);
  if (journaled !== null) return journaled;
  const fields = fieldsOfEventTree(record) ?? fieldsOfWinlog(record) ?? flatten(record);
  return { source: sourceOfFields(fields, sourceOf), time: timeOfFields(fields), fields, origin };
};
