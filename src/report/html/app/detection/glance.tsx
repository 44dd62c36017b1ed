import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult, FunnelLine } from '../../../../model/verdict.ts';
import { count, plural } from '../facts/format.ts';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { routeTo } from '../report.ts';
import { widthOf } from '../source/flow.ts';
import { stepsOf, type Step } from '../source/steps.ts';
import { Text } from '../text/text.tsx';

interface GlanceProps {
  readonly result: Result;
  readonly detection: DetectionResult;
}

const Bar = ({ stage, most }: { readonly stage: FunnelLine; readonly most: number }) => (
  <div class="bar-bed" style={{ width: `${widthOf(Math.max(stage.rowsIn, stage.rows), most) * 100}%` }}>
    <div
      class="bar"
      style={{
        width: `${(widthOf(stage.rows, most) / (widthOf(Math.max(stage.rowsIn, stage.rows), most) || 1)) * 100}%`,
      }}
    />
  </div>
);

const Pass = ({ step }: { readonly step: Extract<Step, { kind: 'pass' }> }) => (
  <li class="pass">
    {step.rows === 0
      ? `${plural(step.stages, 'stage')} after that ${step.stages === 1 ? 'sees' : 'see'} no row`
      : `${plural(step.stages, 'stage')} that ${step.stages === 1 ? 'lets' : 'let'} every row pass`}
  </li>
);

/** The funnel in a few lines: what changes the number of rows, and what takes the last one. */
export const Glance = ({ result, detection }: GlanceProps) => {
  const steps = stepsOf(detection.funnel);
  if (steps.length === 0) return null;
  const most = Math.max(...detection.funnel.flatMap((line) => [line.rowsIn, line.rows]));
  return (
    <Section title="Where the rows went">
      <ol class="glance">
        {steps.map((step) =>
          step.kind === 'pass' ? (
            <Pass step={step} />
          ) : (
            <li class={step.stage.rows === 0 ? 'ends' : undefined}>
              <code>
                <Link to={routeTo.detection(result, detection.id)} line={step.stage.place.line}>
                  <Text of={step.stage.clause.slice(0, 200)} />
                </Link>
              </code>
              <Bar stage={step.stage} most={most} />
              <span class="glance-rows">{count(step.stage.rows)}</span>
            </li>
          ),
        )}
        {detection.verdict === 'fired' || detection.verdict === 'noisy' ? (
          <li class="pass end-fired">{plural(detection.rows.length, 'row')}: it fires</li>
        ) : null}
      </ol>
    </Section>
  );
};
