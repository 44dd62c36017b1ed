import { matchRow } from './match-row.ts';
import { formatTerm, parseFilter, type FilterTerm } from './parse-filter.ts';
import type { Row } from './row.ts';

const isStatus = (term: FilterTerm, status?: string): boolean =>
  term.field === 's' && !term.negated && (status === undefined || term.text === status);

export const hasStatus = (query: string, status: string): boolean =>
  parseFilter(query).some((term) => isStatus(term, status));

/** The query with `s:status` added, or taken out when it was there. */
export const toggleStatus = (query: string, status: string): string => {
  const terms = parseFilter(query);
  const kept = terms.filter((term) => !isStatus(term, status));
  const next = kept.length === terms.length ? [...kept, { field: 's', text: status, negated: false } as const] : kept;
  return next.map(formatTerm).join(' ');
};

/** Rows that the chips count: those that pass everything but the chips' own terms, so that choosing one does not zero the others. */
export const rowsForChips = (rows: readonly Row[], query: string): readonly Row[] => {
  const terms = parseFilter(query).filter((term) => !isStatus(term));
  return rows.filter((row) => matchRow(row, terms));
};

export const filterRows = (rows: readonly Row[], query: string): readonly Row[] => {
  const terms = parseFilter(query);
  return rows.filter((row) => matchRow(row, terms));
};
