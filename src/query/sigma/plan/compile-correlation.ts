import { isError, type Diagnostic } from '../../../model/diagnostic.ts';
import type { Place } from '../../../model/place.ts';
import type { KnownTables } from '../../known-tables.ts';
import { createLocator, type QueryText } from '../../plan/place-of.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Span } from '../../plan/span.ts';
import type { Correlation } from '../correlate/correlation.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { compileRule, documentStart } from './compile-rule.ts';
import { loadText } from './load-text.ts';
import { micros } from './read-hits.ts';
import { planRule, type RuleTable } from './plan-rule.ts';

/** A rule of single events that a correlation is over, itself or through another correlation. */
export interface CorrelatedRule {
  readonly rule: SigmaRule;
  /** Null when no table holds its log source: it has no hits. */
  readonly planned: PlannedHits | null;
  /** Why there is none. */
  readonly lack: string | null;
}

export interface PlannedHits {
  /** As a query of its own. */
  readonly plan: Plan;
  /** The same with the time of each row in a column before the others. */
  readonly hits: Plan;
  readonly table: RuleTable;
}

/** Where a correlation says what it asks for. */
export interface ConditionText {
  /** On one line: `condition: gte: 10`. */
  readonly clause: string;
  readonly place: Place;
}

export interface PlannedCorrelation {
  readonly ok: true;
  readonly correlation: Correlation;
  /** It and those that it is over, each after its own. */
  readonly correlations: readonly Correlation[];
  readonly rules: readonly CorrelatedRule[];
  readonly condition: ConditionText;
  readonly diagnostics: readonly Diagnostic[];
}

export type CompiledPlans = PlannedCorrelation | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Which of a text's correlations is meant: by its id, or by its title where it has none. */
export interface WantedCorrelation {
  readonly id: string;
  readonly title: string;
}

/** A correlation of a text with the rules that it is over, each over the table that holds its log source. Null: the text has none. */
export const compileCorrelation = (
  query: QueryText,
  tables: KnownTables,
  wanted: WantedCorrelation,
): CompiledPlans | null => {
  if (!query.text.includes('correlation')) return null;
  const { rules, correlations, diagnostics } = loadText(query);
  const correlation =
    correlations.find(({ id }) => id === wanted.id) ?? correlations.find(({ title }) => title === wanted.title);
  if (correlation === undefined)
    return /^correlation\s*:/m.test(query.text) && diagnostics.some(isError) ? { ok: false, diagnostics } : null;
  if (diagnostics.some(isError)) return { ok: false, diagnostics };
  const over = closureOf(correlation, [...rules, ...correlations]);
  const compiled = rules
    .filter((rule) => over.has(rule))
    .map((rule) => ({ rule, found: compileRule(rule, query, tables) }));
  const said = compiled.flatMap(({ found }) => found.diagnostics);
  // Nothing at all to look into is the fault of the whole; of one of several rules it is that it has no hits.
  if (compiled.every(({ found }) => !found.ok)) return { ok: false, diagnostics: [...diagnostics, ...said] };
  return {
    ok: true,
    correlation,
    correlations: correlations.filter((one) => over.has(one)),
    rules: compiled.map(({ rule, found }): CorrelatedRule => {
      if (!found.ok) return { rule, planned: null, lack: found.diagnostics[0]?.message ?? null };
      const { plan, table } = found.value;
      const options = { hidden: [micros], from: documentStart(rule, query) };
      return { rule, planned: { plan, table, hits: planRule(rule, table, query.text, options).plan }, lack: null };
    }),
    condition: conditionText(correlation, query),
    diagnostics: [...diagnostics, ...said.map((one): Diagnostic => ({ ...one, severity: 'warning' }))],
  };
};

type Named = SigmaRule | Correlation;

/** It, and all that it is over. */
const closureOf = (correlation: Correlation, all: readonly Named[]): ReadonlySet<Named> => {
  const found = new Set<Named>();
  const visit = (one: Named): void => {
    if (found.has(one)) return;
    found.add(one);
    if (one.kind === 'correlation')
      for (const name of one.rules) for (const other of all.filter((each) => isCalled(each, name))) visit(other);
  };
  visit(correlation);
  return found;
};

/** Whether a correlation that names `name` means it. */
export const isCalled = ({ id, name: own }: Named, name: string): boolean => own === name || id === name.toLowerCase();

/** Its condition with what is indented below it; of one without, its timespan. */
const conditionText = (correlation: Correlation, query: QueryText): ConditionText => {
  const { text } = query;
  const from = documentStart(correlation, query);
  const section = from + Math.max(0, text.slice(from).search(/^correlation\s*:/m));
  const found =
    /^([ \t]+)condition[ \t]*:.*(?:\n\1[ \t]+\S.*)*/m.exec(text.slice(section)) ??
    /^([ \t]+)timespan[ \t]*:.*/m.exec(text.slice(section));
  const start = section + (found === null ? 0 : found.index + (found[1]?.length ?? 0));
  const span: Span = { start, end: found === null ? start : section + found.index + found[0].trimEnd().length };
  return { clause: text.slice(span.start, span.end).replace(/\s+/g, ' '), place: createLocator(query)(span) };
};
