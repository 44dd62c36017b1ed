import { isError, type Diagnostic, type Parsed } from '../../../model/diagnostic.ts';
import type { KnownTables } from '../../known-tables.ts';
import { createLocator, type QueryText } from '../../plan/place-of.ts';
import type { Plan } from '../../plan/plan.ts';
import { compileRule } from './compile-rule.ts';
import { loadText } from './load-text.ts';
import { sourceSpan } from './plan-rule.ts';

/** A Sigma rule of one event as a plan over the table that holds its log source. Correlations are judged on hits, not here. */
export const compileSigma = (query: QueryText, tables: KnownTables): Parsed<Plan> => {
  const { rules, correlations, diagnostics } = loadText(query);
  if (diagnostics.some(isError)) return { ok: false, diagnostics };
  const [rule] = rules;
  if (rule === undefined || rules.length > 1 || correlations.length > 0) {
    const problem: Diagnostic = {
      code: 'sigma/unsupported',
      severity: 'error',
      message: 'only a single rule of single events becomes a query: correlations are over hits',
      place: createLocator(query)(sourceSpan(query.text)),
    };
    return { ok: false, diagnostics: [...diagnostics, problem] };
  }
  const compiled = compileRule(rule, query, tables);
  const all = [...diagnostics, ...compiled.diagnostics];
  return compiled.ok ? { ok: true, value: compiled.value.plan, diagnostics: all } : { ok: false, diagnostics: all };
};
