import { eventColumns, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import { datasetsOfKind, serviceDatasets } from '../../model/service-log.ts';
import type { SensorContext } from '../sensor.ts';

const parser = 'service-log/1';

/** What a service knows nothing of: the processes and files of its clients. */
const otherKinds = /^(?:process|file|winlog|auditd|log|observer)\.|\.nat\.|^message$/;

interface Seen {
  readonly raw: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

/** `kinds`: of the services that run on the host. Null when none of them keeps a log. */
export const serviceLogReport = (
  context: SensorContext,
  kinds: readonly string[],
  { raw, bytes, events, losses }: Seen,
): SensorReport | null => {
  const logs = kinds.filter((kind) => datasetsOfKind[kind] !== undefined).sort();
  if (logs.length === 0) return null;
  const datasets = logs.flatMap((kind) => datasetsOfKind[kind] ?? []);
  return {
    host: context.host,
    sensor: 'service-log',
    tool: logs.join(', '),
    actions: [...new Set(datasets.map((dataset) => serviceDatasets[dataset]))].sort(),
    neverFills: (Object.keys(eventColumns) as EventColumn[]).filter((column) => otherKinds.test(column)).sort(),
    raw: [{ file: raw, parser, bytes }],
    events,
    losses,
  };
};
