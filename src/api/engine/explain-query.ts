import { explainSilence, funnelOf } from '../../judge/explain/explain.ts';
import { countClauses } from '../../judge/explain/killers.ts';
import type { Language } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TextOrigin } from '../../model/place.ts';
import type { ColumnInfo } from '../../model/table.ts';
import type { FunnelLine, Reason } from '../../model/verdict.ts';
import type { Plan } from '../../query/plan/plan.ts';
import type { RunSettings, Session } from './session.ts';
import { runTimeDiagnostics } from './run-time-diagnostics.ts';

/** Where the rows of a query went. */
export type QueryExplanation =
  | {
      readonly ok: true;
      readonly columns: readonly ColumnInfo[];
      /** Rows of the result. */
      readonly rows: number;
      readonly plan: Plan;
      readonly sql: string;
      /** Rows after every stage and every condition, with places in the text. */
      readonly funnel: readonly FunnelLine[];
      /** What kept the result empty, with the nearest rows; null when there are rows. */
      readonly reason: Reason | null;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const explainQuery = async (
  session: Session,
  language: Language,
  text: string,
  origin: TextOrigin,
  { now, timeLimit, signal }: RunSettings,
): Promise<QueryExplanation> => {
  const compiled = session.compile(language, text, origin);
  if (!compiled.ok) return compiled;
  const { query, diagnostics } = compiled;
  const engine = session.engine();
  const limit = timeLimit === undefined ? [] : [AbortSignal.timeout(timeLimit)];
  const ended = AbortSignal.any([...limit, ...(signal === undefined ? [] : [signal])]);
  const options = { now, signal: ended };
  try {
    const { rows } = await engine.run(query, options);
    const known = { ok: true, columns: query.columns, rows: rows.length, plan: query.plan, diagnostics } as const;
    const sql = engine.sql(query, options);
    if (rows.length === 0) {
      const { reason, funnel } = await explainSilence({ engine, query, now, threshold: 0, signal: ended });
      return { ...known, sql, funnel, reason };
    }
    const counted = countClauses(query.clauses, await engine.funnel(query, options));
    return { ...known, sql, funnel: funnelOf(counted), reason: null };
  } catch (error) {
    signal?.throwIfAborted();
    const problems = runTimeDiagnostics(error, language, origin, ended.aborted ? (timeLimit ?? null) : null);
    return { ok: false, diagnostics: [...diagnostics, ...problems] };
  }
};
