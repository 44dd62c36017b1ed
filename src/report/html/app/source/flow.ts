import type { FunnelLine } from '../../../../model/verdict.ts';

/** Rows that run past one line of the source: in at its top, out at its bottom. */
export interface Flow {
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** The stages that begin on this line; none where rows merely pass it. */
  readonly stages: readonly FunnelLine[];
  /** The first stage of a trunk or branch: nothing flows in from above. */
  readonly springs: boolean;
  /** Inside another stage, as the right side of a join is: the rows of the trunk that wait beside this branch. Null on the trunk. */
  readonly beside: number | null;
}

const covers = (stage: FunnelLine, line: number): boolean =>
  stage.place.line <= line && line <= (stage.place.endLine ?? stage.place.line);

const byPlace = (a: FunnelLine, b: FunnelLine): number =>
  a.place.line - b.place.line || a.place.column - b.place.column;

const stagesOf = (funnel: readonly FunnelLine[]): readonly FunnelLine[] =>
  funnel.filter((line) => line.kind === 'stage').toSorted(byPlace);

/** The stage in whose text another one stands, if any. */
const enclosing = (stages: readonly FunnelLine[], stage: FunnelLine): FunnelLine | undefined =>
  stages.findLast((other) => other.place.line < stage.place.line && covers(other, stage.place.line));

/** The stage before this one on the same trunk or branch. */
const above = (stages: readonly FunnelLine[], stage: FunnelLine): FunnelLine | undefined => {
  const outer = enclosing(stages, stage);
  return stages.slice(0, stages.indexOf(stage)).findLast((other) => enclosing(stages, other) === outer);
};

const readsTable = ['table', 'datatable', 'range', 'print'];

/** Whether its rows come from elsewhere than from the stage above it. */
export const isSpring = (stages: readonly FunnelLine[], stage: FunnelLine): boolean =>
  readsTable.includes(stage.stage) || above(stages, stage)?.rows !== stage.rowsIn;

/** Whose rows pass a line on which no stage begins: the innermost that covers it, or the trunk's last if its rows reach its next. */
const passing = (stages: readonly FunnelLine[], line: number): FunnelLine | null => {
  const innermost = stages.findLast((stage) => stage.place.line < line && covers(stage, line));
  if (innermost !== undefined) return innermost;
  const trunk = trunkOf(stages);
  const next = trunk.find((stage) => stage.place.line > line);
  return next === undefined || isSpring(stages, next) ? null : (above(stages, next) ?? null);
};

/** The stages that are no branch, in the order of the text. */
export const trunkOf = (funnel: readonly FunnelLine[]): readonly FunnelLine[] => {
  const stages = stagesOf(funnel);
  return stages.filter((stage) => enclosing(stages, stage) === undefined);
};

/** The river beside the source: for each of `lineCount` lines, the rows that pass it; null where none do. */
export const flowsOf = (funnel: readonly FunnelLine[], lineCount: number): readonly (Flow | null)[] => {
  const stages = stagesOf(funnel);
  const besideOf = (stage: FunnelLine): number | null => enclosing(stages, stage)?.rowsIn ?? null;
  return Array.from({ length: lineCount }, (_, index) => {
    const starting = stages.filter((stage) => stage.place.line === index + 1);
    const [first] = starting;
    const last = starting.at(-1);
    if (first !== undefined && last !== undefined) {
      const springs = isSpring(stages, first);
      const rowsIn = springs && readsTable.includes(first.stage) ? first.rows : first.rowsIn;
      return { rowsIn, rowsOut: last.rows, stages: starting, springs, beside: besideOf(first) };
    }
    const stage = passing(stages, index + 1);
    if (stage === null) return null;
    return { rowsIn: stage.rows, rowsOut: stage.rows, stages: [], springs: false, beside: besideOf(stage) };
  });
};

/** 0 to 1, logarithmic: a hundred thousand rows and one row are both to be seen. */
export const widthOf = (rows: number, most: number): number =>
  rows <= 0 || most <= 0 ? 0 : Math.max(Math.log1p(rows) / Math.log1p(most), 0.08);
