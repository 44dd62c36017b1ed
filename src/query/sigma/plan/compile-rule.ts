import type { Diagnostic, Parsed } from '../../../model/diagnostic.ts';
import { suggestionHint } from '../../../util/suggest.ts';
import type { KnownTables } from '../../known-tables.ts';
import { createLocator, type QueryText } from '../../plan/place-of.ts';
import type { Plan } from '../../plan/plan.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { planRule, sourceSpan, type RuleTable } from './plan-rule.ts';
import { tablesFor } from './tables.ts';

export interface PlannedRule {
  readonly plan: Plan;
  readonly table: RuleTable;
}

/** A rule of single events, of one of the text's documents, as a plan over the table that holds its log source. */
export const compileRule = (rule: SigmaRule, query: QueryText, tables: KnownTables): Parsed<PlannedRule> => {
  const placeOf = createLocator(query);
  const from = documentStart(rule, query);
  const problem = (code: Diagnostic['code'], message: string, hint: string | null = null): Parsed<PlannedRule> => {
    const place = placeOf(sourceSpan(query.text, from));
    const diagnostic: Diagnostic = { code, severity: 'error', message, place, ...(hint === null ? {} : { hint }) };
    return { ok: false, diagnostics: [diagnostic] };
  };
  const table = chooseTable(rule, tables);
  if (table === null) {
    const names = tablesFor(rule).map((one) => one.table);
    return problem('sigma/no-table', `no table holds ${describeSource(rule)}`, suggestionHint('', names));
  }
  const lack = whyNotOfProduct(rule, table, tables);
  if (lack !== null) return problem('sigma/no-events', lack);
  const { plan, missing } = planRule(rule, table, query.text, { from });
  const warnings = [...missing].map(([field, span]): Diagnostic => {
    const hint = suggestionHint(
      field,
      table.info.columns.map(({ name }) => name),
    );
    const message = `${table.info.name} has no column for the field "${field}": it is taken for absent`;
    return {
      code: 'sigma/no-column',
      severity: 'warning',
      message,
      place: placeOf(span),
      ...(hint === null ? {} : { hint }),
    };
  });
  return { ok: true, value: { plan, table }, diagnostics: warnings };
};

/** Where the document that says the rule begins in its text. */
export const documentStart = ({ place }: Pick<SigmaRule, 'place'>, { text }: QueryText): number => {
  const lines = text.split('\n').slice(0, place.line - 1);
  const mark = lines.findLastIndex((line) => /^---(?:\s|$)/.test(line));
  return lines.slice(0, mark + 1).reduce((length, line) => length + line.length + 1, 0);
};

/**
 * The best that has data of the rule's product and of no other; else the best that is known; else the only one that has data.
 */
const chooseTable = (rule: SigmaRule, { all, filled, fedBy }: KnownTables): RuleTable | null => {
  const known = tablesFor(rule).flatMap((mapping) => {
    const info = all.get(mapping.table);
    return info === undefined ? [] : [{ info, mapping }];
  });
  const best = known.find((one) => filled.has(one.info.name) && isFedBy(feedersOf(one, fedBy), rule.logsource.product));
  if (best !== undefined) return best;
  const [only, another] = filled;
  const info = only === undefined || another !== undefined ? undefined : all.get(only);
  if (info !== undefined) return { info, mapping: { table: info.name } };
  const nearest = known.find((one) => feedersOf(one, fedBy)?.includes(rule.logsource.product ?? ''));
  return nearest ?? known[0] ?? null;
};

/** A service's records are its own product's, whatever host it runs on. */
const feedersOf = ({ info, mapping }: RuleTable, fedBy: KnownTables['fedBy']): readonly string[] | undefined => {
  const feeders = fedBy?.get(info.name);
  return mapping.product === undefined ? feeders : feeders?.slice(0, 1).map(() => mapping.product ?? '');
};

const isFedBy = (feeders: readonly string[] | undefined, product: string | null): boolean =>
  feeders === undefined || (feeders.length > 0 && feeders.every((one) => product === null || one === product));

/** Why its rows are no events of the rule's log source: to judge the rule on them would be to judge something else. */
const whyNotOfProduct = (rule: SigmaRule, chosen: RuleTable, { fedBy }: KnownTables): string | null => {
  const { name } = chosen.info;
  const feeders = feedersOf(chosen, fedBy) ?? [];
  const { product } = rule.logsource;
  if (isFedBy(feedersOf(chosen, fedBy), product)) return null;
  return product !== null && feeders.includes(product)
    ? `${name} does not tell hosts of ${feeders.join(' and ')} apart, and the rule is for ${product}`
    : `no host of this lab feeds ${name} with ${describeSource(rule)}`;
};

const describeSource = ({ logsource: { product, category, service } }: SigmaRule): string => {
  const said = Object.entries({ product, category, service }).filter(([, value]) => value !== null);
  return `the log source ${said.map(([key, value]) => `${key}: ${value}`).join(', ') || 'of any log'}`;
};
