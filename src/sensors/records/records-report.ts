import { eventColumns, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import type { SensorContext } from '../sensor.ts';
import { isBeyondHost } from '../service-columns.ts';

const parser = 'records/1';

/** What a record says nothing of: it is no connection, no file, no question. */
const otherKinds =
  /^(?:source|destination|network|tls|dns|file|ocsf|auditd|log)\.|^message$|^process\.exit_code$|^event\.(?:reason|end)$/;

interface Seen {
  readonly raw: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

export const recordsReport = (context: SensorContext, { raw, bytes, events, losses }: Seen): SensorReport => ({
  host: context.host,
  sensor: 'records',
  tool: 'tocsin persona',
  actions: ['log-record'],
  neverFills: (Object.keys(eventColumns) as EventColumn[])
    .filter((column) => otherKinds.test(column) || isBeyondHost(column))
    .sort(),
  raw: [{ file: raw, parser, bytes }],
  events,
  losses,
});
