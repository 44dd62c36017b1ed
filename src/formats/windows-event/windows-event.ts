import type { Micros } from '../../model/event.ts';
import type { LogEvent, LogOrigin } from '../../model/log-event.ts';
import { textOf, type Fields } from '../log/fields.ts';
import type { SourceOf } from '../log/sources.ts';
import { windowsSource } from './windows-source.ts';

/** An event whose fields follow `fieldRules`; its source is what its System element says. */
export const windowsEvent = (origin: LogOrigin, fields: Fields, time: Micros | null, sourceOf: SourceOf): LogEvent => ({
  source: windowsSource(
    fields,
    textOf(fields['System_Channel'] ?? fields['Channel']),
    textOf(fields['System_Provider_Name'] ?? fields['Provider_Name']),
    sourceOf,
  ),
  time,
  fields,
  origin,
});
