import type { ColumnInfo, TableInfo } from '../../../model/table.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Span } from '../../plan/span.ts';
import type { FilterStage, TableStage } from '../../plan/stage.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { createFields } from './fields.ts';
import { planCondition } from './plan-condition.ts';
import type { SigmaTable } from './tables.ts';

/** A table, and what a rule's fields are called in it. */
export interface RuleTable {
  readonly info: TableInfo;
  readonly mapping: SigmaTable;
}

/** The line of the rule that says where its events come from; `from`: where the rule's document begins. */
export const sourceSpan = (text: string, from = 0): Span => {
  const start = from + Math.max(0, text.slice(from).search(/^logsource\b/m));
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
};

export interface PlanRuleOptions {
  /** Columns of the table that are handed through, and that no keyword is looked for in. */
  readonly hidden?: readonly ColumnInfo[];
  /** Where the rule's document begins in the text. */
  readonly from?: number;
}

export const planRule = (
  rule: SigmaRule,
  { info, mapping }: RuleTable,
  text: string,
  { hidden = [], from = 0 }: PlanRuleOptions = {},
): { readonly plan: Plan; readonly missing: ReadonlyMap<string, Span> } => {
  const output = [...hidden, ...info.columns].map(({ name, type }, index) => ({ id: `c${index}`, name, type }));
  const stage: TableStage = {
    kind: 'table',
    id: 's1',
    source: { operator: 'logsource', span: sourceSpan(text, from) },
    table: info.name,
    nullText: true,
    output,
  };
  const fields = createFields(text, { ...stage, output: output.slice(hidden.length) }, mapping, from);
  const conjuncts = planCondition(rule, fields).map((one, index) => ({ ...one, id: `s2/${index + 1}` }));
  const start = Math.max(0, text.indexOf('detection', from));
  const filter: FilterStage = {
    kind: 'filter',
    id: 's2',
    source: { operator: 'detection', span: { start, end: start + 'detection'.length } },
    input: 's1',
    conjuncts,
    output,
  };
  return { plan: { stages: [stage, filter], root: 's2' }, missing: fields.missing };
};
