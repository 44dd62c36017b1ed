import { isError, type Diagnostic } from '../../../../model/diagnostic.ts';
import type { Place } from '../../../../model/place.ts';
import type { Blocker, DetectionResult, FunnelLine } from '../../../../model/verdict.ts';
import { flowsOf, type Flow } from './flow.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { spanOnLine, type Span } from './span.ts';
import { tokenize } from './tokenize.ts';

/** A blocker and its position in the list of all of them, from 1. */
export interface NumberedBlocker {
  readonly number: number;
  readonly blocker: Blocker;
}

/** One line of a detection's file with everything that is said of it. Notes stand under the line where their range ends. */
export interface SourceLine {
  readonly number: number;
  readonly segments: readonly Segment[];
  readonly flow: Flow | null;
  /** Whether a blocker, an error or a warning stands on it, or runs over it. */
  readonly tone: 'blocked' | 'broken' | 'warned' | null;
  readonly blockers: readonly NumberedBlocker[];
  readonly diagnostics: readonly Diagnostic[];
  /** For each stage that ends here and has several conjuncts: those. */
  readonly conjuncts: readonly (readonly FunnelLine[])[];
}

export interface Source {
  readonly lines: readonly SourceLine[];
  /** The most rows at any point of the funnel. */
  readonly most: number;
  /** What names a place outside the text; shown beside it, never dropped. */
  readonly unplaced: readonly (FunnelLine | Blocker | Diagnostic)[];
}

interface Placed {
  readonly place?: Place;
}

const endOf = ({ place }: Placed): number => place?.endLine ?? place?.line ?? 0;

const conjunctGroups = (funnel: readonly FunnelLine[]): readonly (readonly FunnelLine[])[] =>
  [...Map.groupBy(funnel.filter((line) => line.kind === 'conjunct'), (line) => line.id.replace(/\/[^/]*$/, '')).values()]
    .filter((group) => group.length > 1); // prettier-ignore

export const sourceOf = (detection: DetectionResult, text: string): Source => {
  const texts = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const isPlaced = (item: Placed): boolean =>
    item.place?.file === detection.file && item.place.line >= 1 && endOf(item) <= texts.length;

  const funnel = detection.funnel.filter(isPlaced);
  const blockers = (detection.reason?.blockers ?? [])
    .map((blocker, index) => ({ number: index + 1, blocker }))
    .filter(({ blocker }) => isPlaced(blocker));
  const diagnostics = detection.diagnostics.filter(isPlaced);
  const groups = conjunctGroups(funnel);
  const flows = flowsOf(funnel, texts.length);
  const tokens = tokenize(texts.join('\n'), detection.language);

  let offset = 0;
  const lines = texts.map((line, index): SourceLine => {
    const number = index + 1;
    const spans = (items: readonly Placed[]): readonly Span[] =>
      items.flatMap(({ place }) => (place === undefined ? [] : (spanOnLine(place, number, line) ?? [])));
    const blocked = spans(blockers.map(({ blocker }) => blocker));
    const broken = spans(diagnostics.filter(isError));
    const warned = spans(diagnostics);
    const own: SourceLine = {
      number,
      segments: segmentsOf(line, offset, tokens, [...blocked, ...warned]),
      flow: flows[index] ?? null,
      tone: broken.length > 0 ? 'broken' : blocked.length > 0 ? 'blocked' : warned.length > 0 ? 'warned' : null,
      blockers: blockers.filter(({ blocker }) => endOf(blocker) === number),
      diagnostics: diagnostics.filter((diagnostic) => endOf(diagnostic) === number),
      conjuncts: groups.filter((group) => Math.max(...group.map(endOf)) === number),
    };
    offset += line.length + 1;
    return own;
  });

  return {
    lines,
    most: Math.max(0, ...funnel.flatMap((line) => [line.rowsIn, line.rows])),
    unplaced: [...detection.funnel, ...(detection.reason?.blockers ?? []), ...detection.diagnostics].filter(
      (item) => !isPlaced(item),
    ),
  };
};
