import type { Result } from '../../../../model/run-result.ts';
import { LongLine } from '../text/long-line.tsx';

export const Cleanup = ({ cleanup }: Pick<Result, 'cleanup'>) =>
  cleanup.verdict === 'clean' ? (
    <p>
      <b class="good-word">clean</b>: after cleanup the host holds nothing that the test made.
    </p>
  ) : (
    <>
      <p>
        <b class="bad-word">dirty</b>: this is still there after cleanup.
      </p>
      <ul class="left-behind mono">
        {cleanup.left.map((item) => (
          <li>
            <LongLine text={item} limit={300} />
          </li>
        ))}
      </ul>
    </>
  );
