import type { LogSource, LogValue } from '../../model/log-event.ts';
import { textOf, type Fields } from '../log/fields.ts';
import type { SourceFacts, SourceOf } from '../log/sources.ts';
import { recordingFacts } from './recording-records.ts';
import { windowsSource } from '../windows-event/windows-source.ts';

/** What a record says of its own source; nothing where it says nothing. */
export const sourceOfFields = (fields: Fields, sourceOf: SourceOf): LogSource => {
  const channel = firstText(fields, channelNames);
  const provider = firstText(fields, providerNames);
  const eventId = eventIdOf(fields);
  if (eventId !== undefined && (channel !== null || provider !== null)) {
    fillWindowsNames(fields, channel, provider);
    return windowsSource(fields, channel, provider, sourceOf);
  }
  return sourceOf(recordingFacts(fields) ?? kinds.find(({ has }) => has(fields))?.facts(fields) ?? stated(fields));
};

// Windows' own, NXLog's, PowerShell's, the Event Viewer's and those of other tools.
const channelNames = ['System_Channel', 'Channel', 'LogName', 'Log Name', 'log_name', 'EventLog'];
const providerNames = [
  'System_Provider_Name',
  'Provider_Name',
  'SourceName',
  'ProviderName',
  'Provider',
  'source_name',
];
const eventIdNames = ['EventID', 'EventId', 'Event ID', 'event_id', 'Id'];
const computerNames = ['Hostname', 'MachineName', 'computer_name'];

const eventIdOf = (fields: Fields): LogValue | undefined =>
  eventIdNames.map((name) => fields[name]).find((value) => value !== undefined);

const firstText = (fields: Fields, names: readonly string[]): string | null => {
  for (const name of names) {
    const value = textOf(fields[name]);
    if (value !== null) return value;
  }
  return null;
};

/** NXLog, Event Viewer's CSV and others have their own words for the System element. */
const fillWindowsNames = (fields: Fields, channel: string | null, provider: string | null): void => {
  const id = eventIdOf(fields);
  const computer = firstText(fields, computerNames);
  if (id !== undefined) fields['EventID'] ??= id;
  if (channel !== null) fields['Channel'] ??= channel;
  if (provider !== null) fields['Provider_Name'] ??= provider;
  if (computer !== null) fields['Computer'] ??= computer;
};

interface Kind {
  readonly has: (fields: Fields) => boolean;
  readonly facts: (fields: Fields) => SourceFacts;
}

const hasAll =
  (...names: readonly string[]) =>
  (fields: Fields): boolean =>
    names.every((name) => fields[name] !== undefined);

const azureServices: ReadonlyMap<string, string> = new Map(
  Object.entries({
    SignInLogs: 'signinlogs',
    NonInteractiveUserSignInLogs: 'signinlogs',
    ServicePrincipalSignInLogs: 'signinlogs',
    AuditLogs: 'auditlogs',
    Administrative: 'activitylogs',
    Policy: 'activitylogs',
    RiskyUsers: 'riskdetection',
    UserRiskEvents: 'riskdetection',
  }),
);

/** Records that name their service by their shape alone. Source: the services' own references of their logs. */
const kinds: readonly Kind[] = [
  { has: hasAll('eventVersion', 'eventSource', 'eventName'), facts: () => ({ product: 'aws', service: 'cloudtrail' }) },
  { has: hasAll('protoPayload.serviceName'), facts: () => ({ product: 'gcp', service: 'gcp.audit' }) },
  { has: hasAll('protoPayload.@type'), facts: () => ({ product: 'gcp', service: 'gcp.audit' }) },
  {
    has: (fields) => azureServices.has(textOf(fields['category']) ?? ''),
    facts: (fields) => ({ product: 'azure', service: azureServices.get(textOf(fields['category']) ?? '') ?? null }),
  },
  {
    has: hasAll('auditID', 'verb', 'stage'),
    facts: () => ({ product: 'kubernetes', service: 'audit', category: 'application' }),
  },
  { has: hasAll('eventType', 'published', 'actor.id'), facts: () => ({ product: 'okta', service: 'okta' }) },
  { has: hasAll('Workload', 'Operation', 'RecordType'), facts: () => ({ product: 'm365', service: 'audit' }) },
  {
    has: (fields) => fields['ts'] !== undefined && fields['_path'] !== undefined,
    facts: (fields) => ({ product: 'zeek', service: textOf(fields['_path']) }),
  },
  {
    has: (fields) => fields['auditd.result'] !== undefined || textOf(fields['event.module']) === 'auditd',
    facts: () => ({ product: 'linux', service: 'auditd' }),
  },
];

/** Sigma's own words in the record, as test data has them. */
const stated = (fields: Fields): SourceFacts => ({
  product: textOf(fields['logsource.product']),
  service: textOf(fields['logsource.service']),
  category: textOf(fields['logsource.category']),
});
