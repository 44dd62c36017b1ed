import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';
import { Expectation } from '../parts/expectation.tsx';
import { Link } from '../parts/link.tsx';
import { Siblings, type Sibling } from '../parts/siblings.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { Why } from '../parts/why.tsx';
import { routeTo, useReport } from '../report.ts';
import { Text } from '../text/text.tsx';

interface DetectionHeadProps {
  readonly result: Result;
  readonly detection: DetectionResult;
}

/** The same detection on every test of the run that it judges. */
const onOtherTests = (results: readonly Result[], { result, detection }: DetectionHeadProps): readonly Sibling[] =>
  results.flatMap((other) => {
    const same = other.detections.find((candidate) => candidate.id === detection.id);
    if (same === undefined) return [];
    const to = routeTo.detection(other, same.id);
    return [{ key: other.key, name: other.variant, to, current: other === result, verdict: same.verdict }];
  });

export const DetectionHead = ({ result, detection }: DetectionHeadProps) => {
  const { run } = useReport();
  return (
    <div class="page-head">
      <nav aria-label="Where you are" class="crumbs">
        <Link to={routeTo.overview}>Overview</Link> <span aria-hidden="true">/</span>{' '}
        <Link to={routeTo.test(result)}>
          <Text of={result.technique} /> test {result.atomic.number}, <Text of={result.variant} />
        </Link>
      </nav>
      <h1 tabIndex={-1}>
        <Text of={detection.title} />
      </h1>
      <div class={`verdict-line v-${detection.verdict}`}>
        <Verdict of={detection.verdict} large />
        <p class="verdict-why">
          <Why detection={detection} />
        </p>
        <Expectation met={detection.met} expected={detection.expected} />
      </div>
      <Siblings label="This detection on other tests" items={onOtherTests(run.results, { result, detection })} />
    </div>
  );
};
