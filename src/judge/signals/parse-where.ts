import type { Diagnostic, DiagnosticCode, Parsed } from '../../model/diagnostic.ts';
import type { Json } from '../../model/json.ts';
import type { Signal } from '../../model/signal.ts';
import type { TableInfo } from '../../model/table.ts';
import { suggestionHint } from '../../util/suggest.ts';
import type { Condition, Matcher } from './condition.ts';
import { knownModifiers, readModifiers } from './modifiers.ts';
import { parseMatcher } from './parse-matcher.ts';

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | null;
}

/** A signal's `where` against the columns of its table; every problem of it in one pass. */
export const parseWhere = (signal: Signal, table: TableInfo): Parsed<readonly Condition[]> => {
  const parsed = Object.entries(signal.where).map(([key, value]) => ({ key, result: parseKey(key, value, table) }));
  const diagnostics = parsed.flatMap(({ key, result }) =>
    'column' in result ? [] : result.map((problem) => diagnose(signal, key, problem)),
  );
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return { ok: true, value: parsed.flatMap(({ result }) => ('column' in result ? [result] : [])), diagnostics };
};

const diagnose = (signal: Signal, key: string, { code, message, hint }: Problem): Diagnostic => ({
  code,
  severity: 'error',
  message: `signal "${signal.id}", ${key}: ${message}`,
  place: signal.place,
  ...(hint === undefined || hint === null ? {} : { hint }),
});

const parseKey = (key: string, value: Json, table: TableInfo): Condition | readonly Problem[] => {
  const [field = '', ...names] = key.split('|');
  const column = table.columns.find((candidate) => candidate.name === field);
  const read = readModifiers(names);
  const problems: Problem[] = [];
  if (column === undefined) {
    const hint = suggestionHint(
      field,
      table.columns.map((candidate) => candidate.name),
    );
    problems.push({ code: 'signal/unknown-column', message: `table ${table.name} has no column "${field}"`, hint });
  }
  if (!read.ok) {
    const hint = suggestionHint(names.find((name) => !knownModifiers.includes(name)) ?? '', knownModifiers);
    problems.push(...read.problems.map((message) => ({ code: 'signal/modifier' as const, message, hint })));
  }
  if (column === undefined || !read.ok) return problems;

  const matchers: Matcher[] = [];
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (values.length === 0) problems.push({ code: 'signal/value', message: 'an empty list matches nothing' });
  for (const one of values) {
    const matcher = parseMatcher(one, column, read.modifiers);
    if ('problem' in matcher) problems.push({ code: 'signal/value', message: matcher.problem });
    else matchers.push(matcher);
  }
  return problems.length > 0 ? problems : { column, all: read.modifiers.all, matchers };
};
