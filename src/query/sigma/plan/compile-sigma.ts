import { isError, type Diagnostic, type Parsed } from '../../../model/diagnostic.ts';
import { placeInText, type Place } from '../../../model/place.ts';
import type { TableInfo } from '../../../model/table.ts';
import { suggestionHint } from '../../../util/suggest.ts';
import { createLocator, type QueryText } from '../../plan/place-of.ts';
import type { Plan } from '../../plan/plan.ts';
import type { FilterStage, TableStage } from '../../plan/stage.ts';
import { loadSigma } from '../collection/load-sigma.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { createFields } from './fields.ts';
import { planCondition } from './plan-condition.ts';
import { tablesFor, type SigmaTable } from './tables.ts';

export interface SigmaTables {
  readonly all: ReadonlyMap<string, TableInfo>;
  /** Names of those that have data. */
  readonly filled: ReadonlySet<string>;
}

/** A Sigma rule of one event as a plan over the table that holds its log source. Correlations are judged on hits, not here. */
export const compileSigma = (query: QueryText, tables: SigmaTables): Parsed<Plan> => {
  const { rules, correlations, diagnostics } = loadSigma([{ file: query.origin.file, text: query.text }]);
  const found = diagnostics.map((one) => moved(one, query));
  const problem = (code: Diagnostic['code'], message: string, hint?: string | null): Parsed<Plan> => ({
    ok: false,
    diagnostics: [
      ...found,
      {
        code,
        severity: 'error',
        message,
        place: query.origin,
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
    const names = tablesFor(rule.logsource).map((one) => one.table);
    return problem('sigma/no-table', `no table holds the log source of "${rule.title}"`, suggestionHint('', names));
  }
  const { plan, missing } = planRule(rule, table, query.text);
  const placeOf = createLocator(query);
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

interface ChosenTable {
  readonly info: TableInfo;
  readonly mapping: SigmaTable;
}

/** The best that has data; else the best that is known; else the only one that has data. */
const chooseTable = ({ logsource }: SigmaRule, { all, filled }: SigmaTables): ChosenTable | null => {
  const known = tablesFor(logsource).flatMap((mapping) => {
    const info = all.get(mapping.table);
    return info === undefined ? [] : [{ info, mapping }];
  });
  const best = known.find(({ info }) => filled.has(info.name));
  if (best !== undefined) return best;
  const [only, another] = filled;
  const info = only === undefined || another !== undefined ? undefined : all.get(only);
  return info === undefined ? (known[0] ?? null) : { info, mapping: { table: info.name } };
};

const planRule = (rule: SigmaRule, { info, mapping }: ChosenTable, text: string) => {
  const output = info.columns.map(({ name, type }, index) => ({ id: `c${index}`, name, type }));
  const at = Math.max(0, text.indexOf('logsource'));
  const end = text.indexOf('\n', at);
  const stage: TableStage = {
    kind: 'table',
    id: 's1',
    source: { operator: 'logsource', span: { start: at, end: end < 0 ? text.length : end } },
    table: info.name,
    nullText: true,
    output,
  };
  const fields = createFields(text, stage, mapping);
  const conjuncts = planCondition(rule, fields).map((one, index) => ({ ...one, id: `s2/${index + 1}` }));
  const start = Math.max(0, text.indexOf('detection'));
  const filter: FilterStage = {
    kind: 'filter',
    id: 's2',
    source: { operator: 'detection', span: { start, end: start + 'detection'.length } },
    input: 's1',
    conjuncts,
    output,
  };
  return { plan: { stages: [stage, filter], root: 's2' } satisfies Plan, missing: fields.missing };
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
