import { eventColumns, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import type { SensorContext } from '../sensor.ts';
import { isBeyondHost } from '../service-columns.ts';

const parser = 'syslog/1';

/** What a message says nothing of. */
const otherKinds =
  /^(?:source|destination|network|dns|file|winlog|auditd|ocsf)\.|^process\.exit_code$|^event\.(?:reason|end)$/;

interface Seen {
  readonly raw: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

export const syslogReport = (context: SensorContext, { raw, bytes, events, losses }: Seen): SensorReport => ({
  host: context.host,
  sensor: 'syslog',
  tool: 'rsyslog',
  actions: ['syslog-message'],
  neverFills: (Object.keys(eventColumns) as EventColumn[])
    .filter((column) => otherKinds.test(column) || isBeyondHost(column))
    .sort(),
  raw: [{ file: raw, parser, bytes }],
  events,
  losses,
});
