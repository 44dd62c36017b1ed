import type { DetectionVerdict, SignalVerdict } from '../../../../model/verdict.ts';
import type { Row } from '../filter/row.ts';
import { hasStatus, rowsForChips, toggleStatus } from '../filter/status-filter.ts';
import { detectionVerdicts, signalVerdicts } from '../facts/order.ts';
import { signalMeaning, verdictMeaning } from '../facts/words.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { useReport } from '../report.ts';

interface ChipProps {
  readonly status: DetectionVerdict | SignalVerdict;
  readonly meaning: string;
  readonly count: number;
}

const Chip = ({ status, meaning, count }: ChipProps) => {
  const { address, change } = useReport();
  return (
    <button
      type="button"
      class={`chip v-${status}`}
      title={meaning}
      aria-pressed={hasStatus(address.query, status)}
      onClick={() => change({ query: toggleStatus(address.query, status) })}
    >
      <VerdictGlyph verdict={status} />
      {status} <b>{count}</b>
    </button>
  );
};

const signalsOf = (rows: readonly Row[]) =>
  [...new Set(rows.map((row) => row.result))].flatMap((result) => result.signals);

/** How many of each verdict there are; a click asks for it. Only verdicts that the run holds. */
export const StatusChips = () => {
  const { rows, address } = useReport();
  const counted = rowsForChips(rows, address.query);
  const detectionCount = (among: readonly Row[], verdict: DetectionVerdict): number =>
    among.filter((row) => row.detection?.verdict === verdict).length;
  const signalCount = (among: readonly Row[], verdict: SignalVerdict): number =>
    signalsOf(among).filter((signal) => signal.verdict === verdict).length;
  return (
    <div class="chips">
      <div class="chip-group" role="group" aria-label="Detection verdicts">
        <span class="chip-label">Detections</span>
        {detectionVerdicts
          .filter((verdict) => detectionCount(rows, verdict) > 0)
          .map((verdict) => (
            <Chip status={verdict} meaning={verdictMeaning[verdict]} count={detectionCount(counted, verdict)} />
          ))}
      </div>
      <div class="chip-group" role="group" aria-label="Signal verdicts">
        <span class="chip-label">Signals</span>
        {signalVerdicts
          .filter((verdict) => signalCount(rows, verdict) > 0)
          .map((verdict) => (
            <Chip status={verdict} meaning={signalMeaning[verdict]} count={signalCount(counted, verdict)} />
          ))}
      </div>
    </div>
  );
};
