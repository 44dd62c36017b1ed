import { textOf, type Fields } from '../log/fields.ts';
import type { SourceFacts } from '../log/sources.ts';

interface Activity {
  readonly category: string;
  /** Sigma's name of a column. */
  readonly names: Readonly<Record<string, string>>;
}

const actor = {
  Image: 'process.executable',
  ProcessId: 'process.pid',
  User: 'user.name',
};

const activities: ReadonlyMap<string, Activity> = new Map(
  Object.entries({
    'process-start': {
      category: 'process_creation',
      names: {
        ...actor,
        CommandLine: 'process.command_line',
        CurrentDirectory: 'process.working_directory',
        ParentImage: 'process.parent.executable',
        ParentCommandLine: 'process.parent.command_line',
        ParentProcessId: 'process.parent.pid',
        ParentUser: 'process.parent.user.name',
      },
    },
    'process-end': { category: 'process_termination', names: actor },
    connect: {
      category: 'network_connection',
      names: {
        ...actor,
        SourceIp: 'source.ip',
        SourcePort: 'source.port',
        DestinationIp: 'destination.ip',
        DestinationPort: 'destination.port',
        DestinationHostname: 'destination.domain',
        Protocol: 'network.transport',
      },
    },
    'dns-query': {
      category: 'dns_query',
      names: { ...actor, QueryName: 'dns.question.name', QueryResults: 'dns.answers' },
    },
    'file-create': { category: 'file_event', names: { ...actor, TargetFilename: 'file.path' } },
    'file-rename': {
      category: 'file_rename',
      names: { ...actor, TargetFilename: 'file.path', SourceFilename: 'file.previous.path' },
    },
    'file-delete': { category: 'file_delete', names: { ...actor, TargetFilename: 'file.path' } },
  }),
);

/** What an event of one of our recordings is in Sigma's words, whose names are added; null when it is none. */
export const recordingFacts = (fields: Fields): SourceFacts | null => {
  const persona = textOf(fields['tocsin.persona']);
  if (fields['tocsin.sensor'] === undefined || persona === null) return null;
  const activity = activities.get(textOf(fields['event.action']) ?? '');
  for (const [name, column] of Object.entries(activity?.names ?? {})) {
    const value = fields[column];
    if (value !== undefined && value !== null) fields[name] ??= value;
  }
  if (fields['host.name'] !== undefined) fields['Computer'] ??= fields['host.name'];
  return { product: persona, category: activity?.category ?? null };
};
