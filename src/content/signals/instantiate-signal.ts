import type { Atomic } from '../../model/atomic.ts';
import type { DiagnosticCode } from '../../model/diagnostic.ts';
import type { Json } from '../../model/json.ts';
import type { CountRange, Signal } from '../../model/signal.ts';
import { fillPlaceholders, placeholdersOf } from '../atomics/placeholders.ts';
import { durationHint, parseDuration } from '../durations.ts';
import type { Path } from '../../util/yaml/locate.ts';
import { createMatchFiller } from './fill-match.ts';
import type { SignalEntry } from './schema.ts';
import type { SignalTemplate } from './signal-template.ts';

/** What a signal cannot be made of; `path` is below the signal. */
export interface SignalProblem {
  readonly path: Path;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

export type InstantiatedSignal =
  { readonly ok: true; readonly signal: Signal } | { readonly ok: false; readonly problems: readonly SignalProblem[] };

/** A signal with the inputs of one variant put in. */
export const instantiateSignal = (
  { id, entry, place }: SignalTemplate,
  atomic: Atomic,
  inputs: Readonly<Record<string, string>>,
): InstantiatedSignal => {
  const problems: SignalProblem[] = unknownPlaceholders(entry, inputs);
  const fillMatch = createMatchFiller(atomic, inputs);
  const count = readCount(entry.count, inputs, problems);
  const every = entry.every === undefined ? null : readEvery(entry.every, inputs, problems);
  if (problems.length > 0) return { ok: false, problems };
  const where = Object.fromEntries(
    Object.entries(entry.where).map(([field, value]) => [field, fillMatch(field, value)]),
  );
  const { description, table, on, ordered_after: orderedAfter = null } = entry;
  return { ok: true, signal: { id, description, table, on, where, count, every, orderedAfter, place } };
};

const readCount = (
  count: SignalEntry['count'],
  inputs: Readonly<Record<string, string>>,
  problems: SignalProblem[],
): CountRange => {
  const read = (value: string | number | undefined, path: Path): number | null => {
    if (value === undefined) return null;
    const text = fillPlaceholders(String(value), inputs);
    if (/^\d+$/.test(text)) return Number(text);
    problems.push({ path, code: 'signal/no-count', message: `"${text}" is no number of rows` });
    return null;
  };
  if (typeof count === 'object') {
    const range = { min: read(count.min, ['count', 'min']) ?? 0, max: read(count.max, ['count', 'max']) };
    if (range.max !== null && range.max < range.min)
      problems.push({
        path: ['count'],
        code: 'signal/empty-range',
        message: `min ${range.min} is more than max ${range.max}`,
      });
    return range;
  }
  const exact = read(count, ['count']);
  return { min: exact ?? 0, max: exact };
};

const readEvery = (
  every: NonNullable<SignalEntry['every']>,
  inputs: Readonly<Record<string, string>>,
  problems: SignalProblem[],
): Signal['every'] => {
  const read = (key: 'interval' | 'tolerance'): number => {
    const text = fillPlaceholders(every[key], inputs);
    const seconds = parseDuration(text);
    if (seconds === null)
      problems.push({
        path: ['every', key],
        code: 'signal/no-duration',
        message: `"${text}" is no duration`,
        hint: durationHint,
      });
    return seconds ?? 0;
  };
  return { intervalSeconds: read('interval'), toleranceSeconds: read('tolerance') };
};

const unknownPlaceholders = (entry: SignalEntry, inputs: Readonly<Record<string, string>>): SignalProblem[] =>
  stringsIn(entry, []).flatMap(({ path, text }) =>
    placeholdersOf(text)
      .filter((name) => !Object.hasOwn(inputs, name))
      .map((name) => ({
        path,
        code: 'signal/unknown-placeholder' as const,
        message: `#{${name}} is no input of the test`,
        hint: `inputs: ${Object.keys(inputs).join(', ') || 'none'}`,
      })),
  );

const stringsIn = (value: Json | SignalEntry | undefined, path: Path): { path: Path; text: string }[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    stringsIn(inner as Json, [...path, Array.isArray(value) ? Number(key) : key]),
  );
};
