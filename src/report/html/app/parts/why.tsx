import type { DetectionResult } from '../../../../model/verdict.ts';
import { whyOf } from '../facts/why.ts';
import { LongLine } from '../text/long-line.tsx';

/** The clause that decided, and what it did with the rows. */
export const Why = ({ detection }: { readonly detection: DetectionResult }) => (
  <>
    {detection.reason?.clause === undefined ? null : (
      <>
        <code class="clause">
          <LongLine text={detection.reason.clause} limit={200} />
        </code>{' '}
      </>
    )}
    <LongLine text={whyOf(detection)} limit={400} />
  </>
);
