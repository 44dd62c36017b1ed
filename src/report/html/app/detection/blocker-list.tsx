import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult, Reason } from '../../../../model/verdict.ts';
import { plural } from '../facts/format.ts';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { routeTo } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';

interface BlockerListProps {
  readonly result: Result;
  readonly detection: DetectionResult;
}

const Proof = ({ reason }: { readonly reason: Reason }) =>
  reason.proved === true ? (
    <p class="proof">
      <b class="good-word">proved by running</b> without{' '}
      {reason.blockers.length === 1 ? 'it' : `these ${plural(reason.blockers.length, 'clause')}`} the detection fires.
    </p>
  ) : (
    <p class="proof">
      <b class="unmet">not proved</b> dropping them was not shown to make it fire; there may be more.
    </p>
  );

/** All that keeps the detection from firing, in the order in which it was found. */
export const BlockerList = ({ result, detection }: BlockerListProps) => {
  const { reason } = detection;
  if (reason === null || reason.blockers.length === 0) return null;
  return (
    <Section title="What stands in the way">
      <ol class="blocker-list">
        {reason.blockers.map((blocker, index) => (
          <li key={blocker.id}>
            <span class="blocker-number" aria-hidden="true">
              {index + 1}
            </span>
            <div>
              <code>
                <LongLine text={blocker.clause} limit={300} />
              </code>
              <p class="note">
                <LongLine text={blocker.summary} limit={300} />
              </p>
              <Link to={routeTo.detection(result, detection.id)} line={blocker.place.line}>
                line {blocker.place.line}
              </Link>
            </div>
          </li>
        ))}
      </ol>
      <Proof reason={reason} />
    </Section>
  );
};
