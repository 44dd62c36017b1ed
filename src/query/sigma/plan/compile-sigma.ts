import { isError, type Diagnostic, type Parsed } from '../../../model/diagnostic.ts';
import { placeInText, type Place } from '../../../model/place.ts';
import type { KnownTables } from '../../known-tables.ts';
import { suggestionHint } from '../../../util/suggest.ts';
import { createLocator, type QueryText } from '../../plan/place-of.ts';
import type { Plan } from '../../plan/plan.ts';
import { loadSigma } from '../collection/load-sigma.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { planRule, sourceSpan, type RuleTable } from './plan-rule.ts';
import { tablesFor } from './tables.ts';

/** A Sigma rule of one event as a plan over the table that holds its log source. Correlations are judged on hits, not here. */
export const compileSigma = (query: QueryText, tables: KnownTables): Parsed<Plan> => {
  const { rules, correlations, diagnostics } = loadSigma([{ file: query.origin.file, text: query.text }]);
  const found = diagnostics.map((one) => moved(one, query));
  const placeOf = createLocator(query);
  const problem = (code: Diagnostic['code'], message: string, hint?: string | null): Parsed<Plan> => ({
    ok: false,
    diagnostics: [
      ...found,
      {
        code,
        severity: 'error',
        message,
        place: placeOf(sourceSpan(query.text)),
        ...(hint === undefined || hint === null ? {} : { hint }),
      },
    ],
  });
  if (found.some(isError)) return { ok: false, diagnostics: found };
  const [rule] = rules;
  if (rule === undefined || rules.length > 1 || correlations.length > 0)
    return problem(
      'sigma/unsupported',
      'only a single rule of single events becomes a query: correlations are over hits',
    );
  const table = chooseTable(rule, tables);
  if (table === null) {
    const names = tablesFor(rule).map((one) => one.table);
    return problem('sigma/no-table', `no table holds ${describeSource(rule)}`, suggestionHint('', names));
  }
  const lack = whyNotOfProduct(rule, table, tables);
  if (lack !== null) return problem('sigma/no-events', lack);
  const { plan, missing } = planRule(rule, table, query.text);
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
  return { ok: true, value: plan, diagnostics: [...found, ...warnings] };
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

/** Places are found in the rule's text; the text may stand within a file. */
const moved = (diagnostic: Diagnostic, { origin }: QueryText): Diagnostic => {
  const { place } = diagnostic;
  return place === undefined ? diagnostic : { ...diagnostic, place: movedPlace(place, origin) };
};

const movedPlace = (place: Place, origin: QueryText['origin']): Place => {
  const { endLine, endColumn } = place;
  return placeInText(
    origin,
    place,
    endLine === undefined || endColumn === undefined ? null : { line: endLine, column: endColumn },
  );
};
