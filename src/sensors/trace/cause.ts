import type { LabEvent } from '../../model/event.ts';
import type { Step } from '../../model/step.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import type { ServiceLink, TracedProcess } from './traced-process.ts';

export type CauseColumns = Pick<LabEvent, 'tocsin.origin' | 'tocsin.variant' | 'tocsin.step' | 'tocsin.cause'>;

/**
 * What caused a process: its lineage says it, and the marker in its environment is the cross-check. Where they disagree the
 * lineage wins, since a program can write any marker it likes, and the conflict is counted.
 */
export const causeOf = (process: TracedProcess, context: SensorContext, losses: LossCounter): CauseColumns => {
  const marked = context.steps.find((result) => result.step.id === process.marker)?.step;
  const { lineage, marker } = process;
  if (lineage.kind === 'step') {
    const { step } = lineage.result;
    const link = lineage.via ?? 'lineage';
    if (marker === null) return columns(step, link);
    if (marker === step.id) return columns(step, `${link}+marker`);
    losses.add(
      'unlinked',
      'marker and lineage of a process name different steps',
      `${marker} and ${step.id}, process ${process.pid}`,
    );
    return columns(step, link);
  }
  if (marked !== undefined) return columns(marked, 'marker');
  return { 'tocsin.origin': lineage.kind === 'harness' ? 'harness' : 'background' };
};

const columns = (step: Step, cause: string): CauseColumns => ({
  'tocsin.origin': step.origin,
  'tocsin.variant': step.variant ?? undefined,
  'tocsin.step': step.id,
  'tocsin.cause': cause,
});

/** The cause of what a service does for a process: that process's own, by another link. */
export const handedOn = (client: Partial<LabEvent>, by: ServiceLink): CauseColumns => ({
  'tocsin.origin': client['tocsin.origin'] ?? 'background',
  'tocsin.variant': client['tocsin.variant'],
  'tocsin.step': client['tocsin.step'],
  'tocsin.cause': client['tocsin.step'] === undefined ? undefined : by,
});
