import type { Diagnostic } from '../../../model/diagnostic.ts';
import { suggestionHint } from '../../../util/suggest.ts';
import type { Correlation } from '../correlate/correlation.ts';
import type { SigmaFilter } from '../filter/filter.ts';
import type { SigmaRule } from '../rule/rule.ts';
import type { Refused } from './collection.ts';

type Document = SigmaRule | Correlation | SigmaFilter;

interface Checked {
  /** Those whose rules all exist, each after the correlations it is over. */
  readonly correlations: readonly Correlation[];
  readonly refused: readonly Refused[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds correlations and filters to rules that exist, and correlations to an order without circles. */
export const checkReferences = (documents: readonly Document[]): Checked => {
  const targets = documents.filter((one) => one.kind !== 'filter');
  const byName = new Map(
    targets.flatMap((one) => [[one.id, one] as const, ...(one.name === null ? [] : [[one.name, one] as const])]),
  );
  const find = (name: string): SigmaRule | Correlation | undefined =>
    byName.get(name) ?? byName.get(name.toLowerCase());
  const refused: Refused[] = [];
  const ordered: Correlation[] = [];
  const state = new Map<Correlation, 'open' | 'good' | 'bad'>();

  const visit = (correlation: Correlation): boolean => {
    const known = state.get(correlation);
    if (known !== undefined) return known === 'good';
    state.set(correlation, 'open');
    const problem = problemOf(correlation, find, (other) => state.get(other) === 'open' || !visit(other), byName);
    state.set(correlation, problem === null ? 'good' : 'bad');
    if (problem === null) ordered.push(correlation);
    else refused.push({ title: correlation.title, place: correlation.place, reasons: [problem] });
    return problem === null;
  };
  for (const one of documents) if (one.kind === 'correlation') visit(one);

  const unknown = documents.flatMap((one) =>
    one.kind === 'filter' && one.rules !== 'any'
      ? one.rules.filter((name) => find(name) === undefined).map((name) => ({ one, name }))
      : [],
  );
  const warnings = unknown.map(({ one, name }): Diagnostic => ({
    code: 'sigma/unknown-rule',
    severity: 'warning',
    message: `the filter "${one.title}" is for "${name}", which is no rule that was loaded`,
    place: one.place,
  }));
  return {
    correlations: ordered,
    refused,
    diagnostics: [...refused.flatMap(({ reasons }) => reasons), ...warnings, ...duplicates(targets)],
  };
};

const problemOf = (
  correlation: Correlation,
  find: (name: string) => SigmaRule | Correlation | undefined,
  isBad: (other: Correlation) => boolean,
  byName: ReadonlyMap<string, unknown>,
): Diagnostic | null => {
  const problem = (message: string, hint: string | null = null): Diagnostic => ({
    code: 'sigma/unknown-rule',
    severity: 'error',
    message,
    place: correlation.place,
    ...(hint === null ? {} : { hint }),
  });
  for (const name of correlation.rules) {
    const target = find(name);
    if (target === undefined) return problem(`there is no rule "${name}"`, suggestionHint(name, [...byName.keys()]));
    if (target.kind === 'correlation' && isBad(target)) return problem(`"${name}" refers to itself or is refused`);
  }
  for (const [alias, fields] of correlation.aliases)
    for (const name of fields.keys())
      if (!correlation.rules.includes(name))
        return problem(`the alias "${alias}" is for "${name}", which is none of the rules`);
  return null;
};

const duplicates = (targets: readonly (SigmaRule | Correlation)[]): readonly Diagnostic[] => {
  const first = new Map<string, SigmaRule | Correlation>();
  return targets.flatMap((one): readonly Diagnostic[] => {
    const before = first.get(one.id);
    if (before === undefined) {
      first.set(one.id, one);
      return [];
    }
    const message = `there is a rule with the id "${one.id}" already (${before.place.file}:${before.place.line})`;
    return [{ code: 'sigma/duplicate-id', severity: 'warning', message, place: one.place }];
  });
};
