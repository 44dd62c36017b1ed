import { realTime } from '../../model/drill-clock.ts';
import type { LabEvent } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import { collectEvidence } from '../../run/evidence.ts';
import { askLab } from './ask-lab.ts';
import type { LabFile } from './lab-file.ts';

export interface LabEvents {
  /** In order of time; what the lab itself does is left out. */
  readonly events: readonly LabEvent[];
  readonly losses: readonly Loss[];
}

/** What the sensors of a kept lab have seen until now: the evidence parsed as a drill's is, packets apart, which lie apart until its end. */
export const readLabEvents = async (
  labs: string,
  file: LabFile,
  host: string | undefined,
  signal: AbortSignal,
): Promise<LabEvents> => {
  const { facts, steps } = await askLab(labs, file, { ask: 'facts' }, signal).answer;
  const hosts = facts.hosts.filter(({ spec }) => host === undefined || spec.name === host);
  const outputs = await collectEvidence({ ...facts, hosts }, steps, realTime);
  return {
    events: outputs
      .flatMap(({ events }) => events)
      .filter((event) => !['harness', 'service'].includes(event['tocsin.origin']))
      .sort((a, b) => a['@timestamp'] - b['@timestamp']),
    losses: outputs.flatMap(({ report }) => report.losses),
  };
};
