import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import { isError, type Diagnostic } from '../../../model/diagnostic.ts';
import type { Place } from '../../../model/place.ts';
import type { TableInfo } from '../../../model/table.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Span } from '../../plan/span.ts';
import { unknownFunctions } from '../../sql/unknown-functions.ts';
import type { SumoDialect } from '../dialect.ts';
import { planPipeline } from '../plan/pipeline.ts';
import { createPlanning } from '../plan/planning.ts';
import type { Problem } from '../syntax/problem.ts';
import { planRecords } from './plan-records.ts';
import { planRule } from './plan-rule.ts';
import { createRuleSource } from './rule-source.ts';

export type CompiledRule =
  | {
      readonly ok: true;
      readonly plan: Plan;
      /** The rule's expressions, one a line: what its plan's spans point into. */
      readonly text: string;
      readonly locate: (span: Span) => Place;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A Cloud SIEM rule as a plan over the tables of records, whose rows are signals. */
export const compileRule = (
  rule: CloudSiemRule,
  tables: ReadonlyMap<string, TableInfo>,
  dialect: SumoDialect,
): CompiledRule => {
  const source = createRuleSource();
  const planning = createPlanning(dialect, tables, planPipeline);
  const start = source.note('normalized records', rule.place);
  const { flow, unfilled } = planRecords(planning, start);
  const signals = planRule({ planning, source, unfilled }, rule, flow);
  const plan: Plan = { stages: planning.stages, root: signals.stage.id };
  const unknown = unknownFunctions(plan).map(({ span, construct }): Problem => ({
    code: 'sumo/unsupported',
    span,
    message: `Not supported: ${construct}.`,
  }));
  const text = source.text();
  const found = [...planning.problems, ...unknown].map(({ code, span, message, hint, severity }): Diagnostic => {
    const place = source.locate(span);
    const line = text.slice(text.lastIndexOf('\n', span.start - 1) + 1).split('\n')[0] ?? '';
    const before = span.start - (text.lastIndexOf('\n', span.start - 1) + 1);
    const excerpt = ' '.repeat(Math.max(0, place.column - 1 - before)) + line;
    return { code, severity: severity ?? 'error', message, place, excerpt, ...(hint === undefined ? {} : { hint }) };
  });
  const diagnostics = [
    ...new Map(found.map((each) => [JSON.stringify([each.place, each.code, each.message]), each])).values(),
  ];
  if (diagnostics.some(isError)) return { ok: false, diagnostics };
  return { ok: true, plan, text, locate: (span) => source.locate(span), diagnostics };
};
