import type { Place } from '../../../model/place.ts';
import type { ColumnRef } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { TableStage } from '../../plan/stage.ts';
import type { SigmaTable } from './tables.ts';

/** A rule's fields as columns of its table, and its places as ranges of its text. */
export interface Fields {
  /** Every column's name, for keywords. */
  readonly names: readonly string[];
  /** Null, and noted in `missing`, when the table has no such column. */
  column(field: string, span: Span): ColumnRef | null;
  readonly missing: ReadonlyMap<string, Span>;
  span(place: Place): Span;
  /** Where a piece of the condition stands. */
  textSpan(text: string): Span;
}

/** `document`: where the rule's document begins in the text. */
export const createFields = (
  text: string,
  stage: TableStage,
  { columns = {} }: SigmaTable,
  document: number,
): Fields => {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  const missing = new Map<string, Span>();
  return {
    names: stage.output.map(({ name }) => name),
    missing,
    column: (field, span) => {
      const name = Object.hasOwn(columns, field) ? columns[field] : field;
      const plain = field.replaceAll(' ', '');
      const found = stage.output.find((column) => column.name === name || column.name === plain);
      if (found === undefined) missing.set(field, span);
      return found === undefined
        ? null
        : { kind: 'column', id: found.id, type: found.type, span: fieldSpan(text, field, span) };
    },
    span: ({ line, column, endLine = line, endColumn = column }) => {
      const start = offset(line, column);
      const end = Math.max(start, offset(endLine, endColumn));
      return { start, end: start + text.slice(start, end).trimEnd().length };
    },
    textSpan: (piece) => {
      const from = document + Math.max(0, text.slice(document).search(/^\s*condition:/m));
      const start = text.indexOf(piece, from);
      return start < 0 ? { start: from, end: from } : { start, end: start + piece.length };
    },
  };
};

const fieldSpan = (text: string, field: string, span: Span): Span =>
  text.startsWith(field, span.start) ? { start: span.start, end: span.start + field.length } : span;
