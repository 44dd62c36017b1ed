import type { LogEvent, LogOrigin } from '../../model/log-event.ts';
import { createFields, textOf, type Fields } from '../log/fields.ts';
import { parseIsoTime } from '../log/parse-time.ts';
import type { SourceOf } from '../log/sources.ts';
import { constantText, fieldRules } from '../windows-event/field-rules.ts';
import { putField } from '../windows-event/put-field.ts';
import type { XmlElement } from '../windows-event/tree.ts';
import { windowsEvent } from '../windows-event/windows-event.ts';
import { NotXml, parseXml } from './parse-xml.ts';

export type ParsedEvent =
  { readonly ok: true; readonly event: LogEvent } | { readonly ok: false; readonly reason: string };

/** One `<Event>`, as Windows, its tools and Sysmon for Linux write it. All values are text, since XML knows no other. */
export const parseEvent = (text: string, origin: LogOrigin, sourceOf: SourceOf): ParsedEvent => {
  try {
    const fields = fieldsOf(parseXml(text));
    const time = parseIsoTime(textOf(fields['TimeCreated_SystemTime']) ?? '');
    return { ok: true, event: windowsEvent(origin, fields, time, sourceOf) };
  } catch (error) {
    if (!(error instanceof NotXml)) throw error;
    return { ok: false, reason: `XML event: ${error.message}` };
  }
};

const fieldsOf = (root: XmlElement): Fields => {
  const fields = createFields();
  for (const rule of fieldRules([root], 'document')) {
    if (rule.kind !== 'field') continue;
    const text = constantText(rule.parts);
    if (text !== '' || rule.keepsEmpty) putField(fields, rule.name, text, rule.displaces);
  }
  return fields;
};
