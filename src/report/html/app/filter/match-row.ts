import type { FilterField, FilterTerm } from './parse-filter.ts';
import type { Row } from './row.ts';

/** Whole words a status may be asked for by: verdicts, and whether the expectation was met. */
export const statusesOf = ({ result, detection }: Row): readonly string[] => [
  ...(detection === null ? [] : [detection.verdict, detection.met ? 'met' : 'unmet']),
  ...result.signals.map((signal) => signal.verdict),
  ...(result.signals.some((signal) => !signal.met) ? ['unmet'] : []),
  result.executed.status,
  result.cleanup.verdict,
];

const textsOf = (row: Row, field: Exclude<FilterField, 's' | 'any'>): readonly string[] => {
  const { result, detection } = row;
  switch (field) {
    case 'd':
      return detection === null
        ? []
        : [detection.id, detection.title, detection.language, detection.origin, detection.file];
    case 't':
      return [result.technique, result.atomic.name, result.atomic.guid];
    case 'v':
      return [result.variant, result.description];
    case 'h':
      return [result.persona, ...Object.values(result.hosts)];
    case 'm':
      return [...result.marks, ...(detection?.marks ?? [])];
  }
};

const anyTexts = (row: Row): readonly string[] => [
  ...statusesOf(row),
  ...(['d', 't', 'v', 'h', 'm'] as const).flatMap((field) => textsOf(row, field)),
  row.detection?.reason?.summary ?? '',
  ...row.result.signals.flatMap((signal) => [signal.id, signal.table]),
];

const holds = (row: Row, { field, text }: FilterTerm): boolean => {
  // `s:seen` must not find `unseen`: a status is a word, not a part of one.
  if (field === 's') return statusesOf(row).includes(text);
  const texts = field === 'any' ? anyTexts(row) : textsOf(row, field);
  return texts.some((candidate) => candidate.toLowerCase().includes(text));
};

/** Terms are all asked for, but several statuses are alternatives; a negated term excludes. */
export const matchRow = (row: Row, terms: readonly FilterTerm[]): boolean => {
  const statuses = terms.filter((term) => term.field === 's' && !term.negated);
  const others = terms.filter((term) => !(term.field === 's' && !term.negated));
  return (
    others.every((term) => holds(row, term) !== term.negated) &&
    (statuses.length === 0 || statuses.some((term) => holds(row, term)))
  );
};
