import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { isError } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import { createLocator, lineAt, type QueryText } from '../plan/place-of.ts';
import type { Plan } from '../plan/plan.ts';
import { unknownFunctions } from '../sql/unknown-functions.ts';
import type { SumoDialect } from './dialect.ts';
import { createPlanning } from './plan/planning.ts';
import { planPipeline } from './plan/pipeline.ts';
import { parseSumo } from './syntax/parse-sumo.ts';
import type { Problem } from './syntax/problem.ts';

const diagnosticsOf = (query: QueryText, problems: readonly Problem[]): readonly Diagnostic[] => {
  const placeOf = createLocator(query);
  const distinct = new Map(
    problems.map((problem) => [`${problem.span.start} ${problem.code} ${problem.message}`, problem]),
  );
  return [...distinct.values()]
    .toSorted((left, right) => left.span.start - right.span.start)
    .map(({ code, span, message, hint, severity }) => {
      const place = placeOf(span);
      // The excerpt is padded to where it stands in its file, so that a caret under the place's column hits.
      const before = span.start - (query.text.lastIndexOf('\n', span.start - 1) + 1);
      const excerpt = ' '.repeat(Math.max(0, place.column - 1 - before)) + lineAt(query.text, span.start);
      return { code, severity: severity ?? 'error', message, place, excerpt, ...(hint === undefined ? {} : { hint }) };
    });
};

/** A Sumo Logic search as a plan, or all that is wrong with it. Nothing is bound before everything can be read. */
export const compileSumo = (
  query: QueryText,
  tables: ReadonlyMap<string, TableInfo>,
  dialect: SumoDialect,
): Parsed<Plan> => {
  const { query: parsed, problems } = parseSumo(query.text);
  if (problems.length > 0) return { ok: false, diagnostics: diagnosticsOf(query, problems) };
  const planning = createPlanning(dialect, tables, planPipeline);
  const flow = planning.pipeline(parsed);
  const { pending } = planning;
  const plan: Plan = { stages: planning.stages, root: flow.stage.id, ...(pending === null ? {} : { pending }) };
  const unknown = unknownFunctions(plan).map(({ span, construct }): Problem => ({
    code: 'sumo/unsupported',
    span,
    message: `Not supported: ${construct}.`,
  }));
  const diagnostics = diagnosticsOf(query, [...planning.problems, ...unknown]);
  return diagnostics.some(isError) ? { ok: false, diagnostics } : { ok: true, value: plan, diagnostics };
};
