import type { DetectionResult } from '../../../../model/verdict.ts';
import { plural } from '../facts/format.ts';
import { Section } from '../parts/section.tsx';

// More would be dust; the numbers say the rest.
const mostCells = 60;

/** At how many start offsets of its schedule the rule fires. The strip shows the share; which offsets they were it does not know. */
export const Phases = ({ detection: { phases } }: { readonly detection: DetectionResult }) => {
  if (phases.tried === 0) return null;
  const cells = Math.min(phases.tried, mostCells);
  const filled = Math.round((phases.fired / phases.tried) * cells);
  return (
    <Section title="Start offsets">
      <p>
        Fired at <b>{phases.fired}</b> of {plural(phases.tried, 'start offset')} of its schedule.
      </p>
      <div class="phases" aria-hidden="true">
        {Array.from({ length: cells }, (_, index) => (
          <i class={index < filled ? 'fired' : ''} />
        ))}
      </div>
    </Section>
  );
};
