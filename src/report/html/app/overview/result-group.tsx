import type { Result } from '../../../../model/run-result.ts';
import type { ResultGroup } from '../facts/order.ts';
import { Link } from '../parts/link.tsx';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { routeTo } from '../report.ts';
import { Text } from '../text/text.tsx';
import { visible } from '../text/visible.ts';
import { DetectionCells } from './detection-cells.tsx';

const Signals = ({ result }: { readonly result: Result }) => (
  <ul class="pips" aria-label="Signals">
    {result.signals.map((signal) => (
      <li
        class={`pip v-${signal.verdict}${signal.met ? '' : ' not-met'}`}
        title={visible(`${signal.verdict}: ${signal.description}. Wanted ${signal.want}, got ${signal.got}`)}
      >
        <VerdictGlyph verdict={signal.verdict} />
        <Text of={signal.id} />
        <span class="for-readers"> {signal.verdict}</span>
      </li>
    ))}
  </ul>
);

/** What keeps a test from being judged, or what it left: said beside its name. */
const Trouble = ({ result: { executed, cleanup } }: { readonly result: Result }) => (
  <>
    {executed.status === 'executed' ? null : (
      <p class="trouble">
        not run: <Text of={executed.reason} />
      </p>
    )}
    {cleanup.verdict === 'clean' ? null : <p class="trouble">cleanup left {cleanup.left.length} behind</p>}
  </>
);

export const ResultGroupRows = ({ group: { result, rows } }: { readonly group: ResultGroup }) => (
  <tbody>
    {rows.map((row, index) => (
      <tr>
        {index > 0 ? null : (
          <th scope="rowgroup" rowSpan={rows.length} class="test-cell">
            <Link to={routeTo.test(result)} class="test-link">
              <Text of={result.variant} />
            </Link>
            <p class="test-name">
              <span class="mono">
                <Text of={result.technique} />
              </span>{' '}
              test {result.atomic.number}
              {result.scope === 'atomic' ? '' : ` · ${result.scope}`}
            </p>
            <Signals result={result} />
            <Trouble result={result} />
          </th>
        )}
        <DetectionCells row={row} />
      </tr>
    ))}
  </tbody>
);
