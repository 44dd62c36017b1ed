import type { Place } from '../../model/place.ts';
import type { Clause } from '../engine.ts';
import { readsOf, traceColumns, type BaseColumn } from './lineage.ts';
import { expressionsOf } from './needed-columns.ts';
import type { Plan } from './plan.ts';
import type { Span } from './span.ts';
import type { Stage } from './stage.ts';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const textAt = (text: string, { start, end, inner }: Span): string => inner ?? text.slice(start, end);

/** A filter can be left out; so can a join's demand for a partner or for its absence, where the other side's columns are kept or unused. */
const isRelaxable = (stage: Stage): boolean =>
  stage.kind === 'filter' ||
  (stage.kind === 'join' &&
    ['inner', 'innerunique', 'leftanti', 'leftsemi', 'rightanti', 'rightsemi'].includes(stage.flavor));

const distinct = (columns: readonly BaseColumn[]): readonly BaseColumn[] => [
  ...new Map(columns.map((column) => [`${column.table}\n${column.column}`, column])).values(),
];

const calledAt = ({ call }: Span, placeOf: (span: Span) => Place): Pick<Clause, 'calledAt'> =>
  call === undefined ? {} : { calledAt: placeOf(call) };

/** The clauses of a plan as people wrote them: every stage that stands in the text, every filter's conjuncts after it. */
export const clausesOf = (plan: Plan, text: string, placeOf: (span: Span) => Place): readonly Clause[] => {
  const sources = traceColumns(plan);
  return plan.stages.flatMap((stage): Clause[] => {
    if (stage.source === null) return [];
    const { operator, span } = stage.source;
    const own: Clause = {
      id: stage.id,
      kind: 'stage',
      stage: operator,
      clause: oneLine(textAt(text, span)),
      place: placeOf(span),
      ...calledAt(span, placeOf),
      reads: distinct(expressionsOf(stage).flatMap((expr) => readsOf(expr, sources))),
      relaxable: isRelaxable(stage),
    };
    const conjuncts = stage.kind === 'filter' ? stage.conjuncts : [];
    return [
      own,
      ...conjuncts.map((conjunct): Clause => ({
        id: conjunct.id,
        kind: 'conjunct',
        stage: operator,
        clause: oneLine(textAt(text, conjunct.span)),
        place: placeOf(conjunct.span),
        ...calledAt(conjunct.span, placeOf),
        reads: readsOf(conjunct.expr, sources),
        relaxable: true,
      })),
    ];
  });
};
