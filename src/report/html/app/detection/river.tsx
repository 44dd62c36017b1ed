import { widthOf, type Flow } from '../source/flow.ts';

interface BedProps {
  readonly middle: number;
  /** Half-width above and below. */
  readonly top: number;
  readonly bottom: number;
}

/** Rows that flow on: symmetric about the middle, bent between its two widths. Without rows, a dry bed. */
const Bed = ({ middle, top, bottom }: BedProps) =>
  top === 0 && bottom === 0 ? (
    <path class="dry" d={`M${middle},0V100`} />
  ) : (
    <path
      class="flow"
      d={`M${middle - top},0 C${middle - top},55 ${middle - bottom},45 ${middle - bottom},100 H${middle + bottom} C${middle + bottom},45 ${middle + top},55 ${middle + top},0 Z`}
    />
  );

const trunk = { middle: 44, reach: 38 };
const branch = { middle: 88, reach: 9 };

interface RiverProps {
  readonly flow: Flow;
  readonly most: number;
}

/** One line's stretch of the river of rows: what flows on, what is lost here, and the dry bed after the last row. */
export const River = ({ flow: { rowsIn, rowsOut, stages, beside }, most }: RiverProps) => {
  const { middle, reach } = beside === null ? trunk : branch;
  const top = widthOf(rowsIn, most) * reach;
  const bottom = widthOf(rowsOut, most) * reach;
  const waiting = beside === null ? null : widthOf(beside, most) * trunk.reach;
  const ends = stages.length > 0 && rowsIn > 0 && rowsOut === 0;
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" class={ends ? 'ends' : undefined}>
      {waiting === null ? null : <Bed middle={trunk.middle} top={waiting} bottom={waiting} />}
      {rowsOut < rowsIn ? <rect class="lost" x={middle - top} width={top * 2} height="100" /> : null}
      <g class={beside === null ? undefined : 'branch'}>
        <Bed middle={middle} top={top} bottom={bottom} />
      </g>
      {ends ? <path class="stop" d={`M${middle - top},100H${middle + top}`} /> : null}
    </svg>
  );
};
