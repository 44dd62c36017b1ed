import type { LogValue } from '../../model/log-event.ts';
import { addField, createFields, type Fields } from '../log/fields.ts';
import { nameInData } from '../windows-event/field-rules.ts';
import { putField } from '../windows-event/put-field.ts';
import { flatten, isObject, type JsonObject } from './flatten.ts';
import { parseJson } from './parse-json.ts';

/** `{Event: {System: {Provider: {"#attributes": …}}, EventData: {…}}}`, as evtx_dump, chainsaw and hayabusa write it. */
export const fieldsOfEventTree = (record: JsonObject): Fields | null => {
  const event = record['Event'];
  if (!isObject(event) || !isObject(event['System'])) return null;
  const fields = createFields();
  for (const [name, value] of leaves(event['System'])) addField(fields, name, value);
  for (const part of ['EventData', 'UserData', 'RenderingInfo']) {
    const data = event[part];
    if (isObject(data)) addData(fields, withoutOuterName(part, data));
  }
  return fields;
};

/** UserData holds one element with the data inside. */
const withoutOuterName = (part: string, data: JsonObject): JsonObject => {
  const only = Object.entries(data).filter(([name]) => !name.startsWith('#'));
  const inner = only[0]?.[1];
  return part === 'UserData' && only.length === 1 && isObject(inner) ? inner : data;
};

const addData = (fields: Fields, data: JsonObject): void => {
  for (const [name, value] of leaves(data)) {
    const place = nameInData(name);
    putField(fields, place.name, value, place.displaces);
  }
};

/** Attributes are in `#attributes` beside `#text`, or, from another writer, in `NAME_attributes`. */
const leaves = (object: JsonObject): readonly (readonly [string, LogValue])[] =>
  Object.entries(flatten(object))
    .map(([path, value]) => [leafName(path), value] as const)
    .filter(([name]) => !name.includes('xmlns'));

const leafName = (path: string): string =>
  path
    .replace(/\.#text$/, '')
    .replace(/\.?(?:#attributes|_attributes)\./, '_')
    .replace(/^_/, '')
    .replace(/^(?:#text|Data)$/, 'Data');

const systemNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'winlog.channel': 'Channel',
    'winlog.provider_name': 'Provider_Name',
    'winlog.provider_guid': 'Provider_Guid',
    'winlog.event_id': 'EventID',
    'winlog.computer_name': 'Computer',
    'winlog.record_id': 'EventRecordID',
    'winlog.opcode': 'Opcode',
    'winlog.task': 'Task',
    'winlog.version': 'Version',
    'winlog.process.pid': 'Execution_ProcessID',
    'winlog.process.thread.id': 'Execution_ThreadID',
    'winlog.user.identifier': 'Security_UserID',
    'winlog.activity_id': 'Correlation_ActivityID',
    message: 'Message',
  }),
);

const dataPrefixes = ['winlog.event_data.', 'winlog.user_data.'];

/** Winlogbeat's and the Elastic agent's records, nested or with dotted names. */
export const fieldsOfWinlog = (record: JsonObject): Fields | null => {
  if (!isObject(record['winlog']) && record['winlog.event_id'] === undefined) return null;
  const fields = flatten(record);
  const data = fields['winlog.event_data'];
  const native = createFields();
  for (const [path, value] of Object.entries(fields)) {
    const name = systemNames.get(path);
    if (name !== undefined) native[name] = value;
  }
  for (const [path, value] of Object.entries(fields)) {
    const prefix = dataPrefixes.find((start) => path.startsWith(start));
    if (prefix !== undefined) addData(native, { [path.slice(prefix.length)]: value });
  }
  // Our recordings hold the data of a record as one text of JSON.
  const parsed = typeof data === 'string' ? parseJson(data) : null;
  if (parsed?.ok === true && isObject(parsed.value)) addData(native, parsed.value);
  for (const [name, value] of Object.entries(native)) fields[name] ??= value;
  return fields;
};
