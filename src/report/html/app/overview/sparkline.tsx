import { isError } from '../../../../model/diagnostic.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';
import { plural } from '../facts/format.ts';
import { widthOf } from '../source/flow.ts';

const height = 26;
const pitch = 6;
const gap = 5;

const describe = (rows: readonly number[], blockedAt: number): string =>
  `${plural(rows[0] ?? 0, 'row')} at first, ${rows.at(-1)} at the end${blockedAt < 0 ? '' : `, none after stage ${blockedAt + 1} of ${rows.length}`}`;

/** The funnel in a cell: a bar for the rows after each stage, and a mark where the last row goes. */
export const Sparkline = ({ detection }: { readonly detection: DetectionResult }) => {
  const errors = detection.diagnostics.filter(isError).length;
  if (errors > 0) return <span class="note">{plural(errors, 'error')}, nothing ran</span>;
  const stages = detection.funnel.filter((line) => line.kind === 'stage');
  if (stages.length === 0) return <span class="note">nothing ran</span>;

  const rows = stages.map((stage) => stage.rows);
  const most = Math.max(...rows);
  // A gap before each branch: the rows after it are others.
  let branches = 0;
  const left = stages.map((stage, index) => {
    if (index > 0 && stages[index - 1]?.rows !== stage.rowsIn) branches += 1;
    return index * pitch + branches * gap;
  });
  const blockedAt = stages.findIndex((stage) => stage.rowsIn > 0 && stage.rows === 0);
  return (
    <svg
      class={`sparkline v-${detection.verdict}`}
      width={stages.length * pitch + branches * gap}
      height={height}
      role="img"
      aria-label={describe(rows, blockedAt)}
    >
      {rows.map((value, index) => {
        const bar = value === 0 ? 1 : Math.round(widthOf(value, most) * (height - 4));
        const kind = index === blockedAt ? 'blocked' : value === 0 ? 'dry' : 'bar';
        const tall = index === blockedAt ? Math.round(widthOf(stages[index]?.rowsIn ?? 0, most) * (height - 4)) : bar;
        return <rect class={kind} x={left[index]} y={height - 2 - tall} width={pitch - 2} height={tall} rx="0.5" />;
      })}
    </svg>
  );
};
