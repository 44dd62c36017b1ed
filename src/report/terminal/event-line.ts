import type { LabEvent } from '../../model/event.ts';
import { oneLine } from './one-line.ts';

const side = (event: LabEvent, which: 'source' | 'destination'): string => {
  const port = event[`${which}.port`];
  return `${event[`${which}.ip`] ?? '?'}${port === undefined ? '' : `:${port}`}`;
};

const withReason = (text: string, event: LabEvent): string => {
  const reason = event['event.outcome'] === 'failure' ? event['event.reason'] : undefined;
  return reason === undefined ? text : `${text} (${reason})`;
};

/** What an event is about, by its action. */
const subject = (event: LabEvent): string => {
  switch (event['event.action']) {
    case 'process-start':
      return event['process.command_line'] ?? event['process.executable'] ?? '';
    case 'process-end':
      return `${event['process.name'] ?? ''} ${event['process.exit_code'] ?? event['event.reason'] ?? ''}`;
    case 'connect':
    case 'accept':
    case 'network-flow':
    case 'flow-routed':
      return withReason(
        `${side(event, 'source')} → ${side(event, 'destination')} ${event['destination.domain'] ?? ''}`.trimEnd(),
        event,
      );
    case 'bind':
    case 'listen':
      return side(event, 'destination');
    case 'dns-query':
      return `${event['dns.question.type'] ?? ''} ${event['dns.question.name'] ?? ''} ${event['dns.response_code'] ?? 'no answer'}`;
    case 'file-create':
    case 'file-write':
    case 'file-rename':
    case 'file-delete':
    case 'file-chmod':
    case 'directory-create':
      return withReason(event['file.path'] ?? '', event);
    case 'log-record':
      return `${event['winlog.channel'] ?? ''} ${event['winlog.event_id'] ?? ''} ${event['winlog.event_data'] ?? ''}`;
    case 'audit-record':
      return `${event['auditd.message_type'] ?? ''} ${event['auditd.data'] ?? ''}`;
    case 'name-served':
    case 'request-served':
    case 'request-relayed':
    case 'sign-in':
    case 'directory-change':
    case 'resource-operation':
      return `${event['event.dataset'] ?? ''} ${event['event.original'] ?? ''}`;
    case 'syslog-message':
      return `${event['log.syslog.appname'] ?? ''}: ${event.message ?? ''}`;
  }
};

/** One observation as one line: time, host, process, what happened. It cannot steer the terminal, whatever the host said. */
export const renderEventLine = (event: LabEvent): string => {
  const time = new Date(event['@timestamp'] / 1000).toISOString().slice(11, 23);
  const who = `${event['process.name'] ?? '-'}[${event['process.pid'] ?? '-'}]`;
  return oneLine(`${time} ${event['host.name']} ${who} ${event['event.action']} ${subject(event)}`);
};
