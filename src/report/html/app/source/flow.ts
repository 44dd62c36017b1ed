import type { FunnelLine } from '../../../../model/verdict.ts';

/** Rows that run past one line of the source: in at its top, out at its bottom. */
export interface Flow {
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Whether a stage begins on this line, rather than rows merely passing it. */
  readonly stages: readonly FunnelLine[];
  /** The first stage of a branch: nothing flows in from above. */
  readonly springs: boolean;
  /** Inside another stage, as the right side of a join is: the rows of the trunk that wait beside this branch. Null on the trunk. */
  readonly beside: number | null;
}

const covers = (stage: FunnelLine, line: number): boolean =>
  stage.place.line <= line && line <= (stage.place.endLine ?? stage.place.line);

/** Which stage's rows pass a line on which none begins: the innermost that covers it, or the last if its rows reach the next. */
const passing = (stages: readonly FunnelLine[], line: number): FunnelLine | null => {
  const before = stages.filter((stage) => stage.place.line < line);
  const innermost = before.findLast((stage) => covers(stage, line));
  if (innermost !== undefined) return innermost;
  const last = before.at(-1);
  const next = stages.find((stage) => stage.place.line > line);
  return last !== undefined && next !== undefined && !isSpring(stages, next) ? last : null;
};

/** A stage that reads a table, or whose rows cannot be those of the stage above it. */
const isSpring = (stages: readonly FunnelLine[], stage: FunnelLine): boolean => {
  const above = stages[stages.indexOf(stage) - 1];
  return above === undefined || stage.stage === 'source' || above.rows !== stage.rowsIn;
};

/** The stage in whose text another one stands, if any. */
const enclosing = (stages: readonly FunnelLine[], stage: FunnelLine): FunnelLine | undefined =>
  stages.findLast((other) => other.place.line < stage.place.line && covers(other, stage.place.line));

const besideOf = (stages: readonly FunnelLine[], stage: FunnelLine): number | null =>
  enclosing(stages, stage)?.rowsIn ?? null;

const byPlace = (a: FunnelLine, b: FunnelLine): number =>
  a.place.line - b.place.line || a.place.column - b.place.column;

const stagesOf = (funnel: readonly FunnelLine[]): readonly FunnelLine[] =>
  funnel.filter((line) => line.kind === 'stage').toSorted(byPlace);

/** The stages that are no branch, in the order of the text. */
export const trunkOf = (funnel: readonly FunnelLine[]): readonly FunnelLine[] => {
  const stages = stagesOf(funnel);
  return stages.filter((stage) => enclosing(stages, stage) === undefined);
};

/** The river beside the source: for each of `lineCount` lines, the rows that pass it; null where none do. */
export const flowsOf = (funnel: readonly FunnelLine[], lineCount: number): readonly (Flow | null)[] => {
  const stages = stagesOf(funnel);
  return Array.from({ length: lineCount }, (_, index) => {
    const line = index + 1;
    const starting = stages.filter((stage) => stage.place.line === line);
    const [first] = starting;
    const last = starting.at(-1);
    if (first !== undefined && last !== undefined) {
      return {
        rowsIn: first.rowsIn,
        rowsOut: last.rows,
        stages: starting,
        springs: isSpring(stages, first),
        beside: besideOf(stages, first),
      };
    }
    const stage = passing(stages, line);
    if (stage === null) return null;
    return { rowsIn: stage.rows, rowsOut: stage.rows, stages: [], springs: false, beside: besideOf(stages, stage) };
  });
};

/** 0 to 1, logarithmic: a hundred thousand rows and one row are both to be seen. */
export const widthOf = (rows: number, most: number): number =>
  rows <= 0 || most <= 0 ? 0 : Math.max(Math.log1p(rows) / Math.log1p(most), 0.08);
