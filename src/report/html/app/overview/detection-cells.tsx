import type { Row } from '../filter/row.ts';
import { Expectation } from '../parts/expectation.tsx';
import { Link } from '../parts/link.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { Why } from '../parts/why.tsx';
import { routeTo } from '../report.ts';
import { Text } from '../text/text.tsx';
import { Sparkline } from './sparkline.tsx';

/** The cells of one detection on one test. */
export const DetectionCells = ({ row: { result, detection } }: { readonly row: Row }) => {
  if (detection === null) {
    return (
      <td colSpan={3} class="no-detection">
        No detection judges this test.
      </td>
    );
  }
  return (
    <>
      <td class="verdict-cell">
        <Verdict of={detection.verdict} />
        <Expectation met={detection.met} expected={detection.expected} />
      </td>
      <td class="why-cell">
        <p class="detection-name">
          <Link to={routeTo.detection(result, detection.id)}>
            <Text of={detection.title} />
          </Link>{' '}
          <span class="tag">{detection.origin}</span>
        </p>
        <p class="why">
          <Why detection={detection} />
        </p>
      </td>
      <td class="funnel-cell">
        <Sparkline detection={detection} />
      </td>
    </>
  );
};
