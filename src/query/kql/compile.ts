import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { isError } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import type { KnownTables } from '../known-tables.ts';
import type { Plan } from '../plan/plan.ts';
import { unknownFunctions } from '../sql/unknown-functions.ts';
import { binderDiagnostics, refusalDiagnostics, retiredDiagnostics, warningDiagnostics } from './diagnose.ts';
import { columnsOfType, elementsOf, type Bound, type Kusto, type Node } from './kusto.ts';
import { createPlanning, type Planning, type Refusal } from './planning.ts';
import { bindStatements } from './plan-statements.ts';
import { planTable } from './plan-table.ts';
import { planExpr } from './plan-expr.ts';
import type { QueryText } from '../plan/place-of.ts';
import { emptyScope } from './scope.ts';
import type { Stage, ValuesStage } from '../plan/stage.ts';

/**
 * The tables that a text can mean: those whose names stand in it or match a pattern in it; where it means all tables, those that have
 * data. Binding every query against nine hundred tables would take half a second.
 */
const mentioned = (text: string, { all, filled }: KnownTables): ReadonlyMap<string, TableInfo> => {
  const words = new Set(text.match(/[A-Za-z_][\w-]*/g) ?? []);
  const prefixes = [...text.matchAll(/\b([A-Za-z_]\w*)\*/g)].map((match) => match[1] ?? '');
  const everything =
    /\bunion\b[^|;]*(?:^|[\s,])\*/.test(text) || (/\b(search|find)\b/.test(text) && !/\bin\s*\(/.test(text));
  const meant = ({ name }: TableInfo): boolean =>
    words.has(name) ||
    prefixes.some((prefix) => name.startsWith(prefix)) ||
    (everything && (filled.size === 0 || filled.has(name)));
  return new Map([...all].filter(([, table]) => meant(table)));
};

/** The binder can throw on a query that it has already found wrong. */
const bind = (kusto: Kusto, text: string, tables: readonly TableInfo[]): Bound | string => {
  try {
    return kusto.bind(text, tables);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const planQuery = (planning: Planning, syntax: Node): Stage | null => {
  const statements = elementsOf(syntax['Statements']);
  const expressions = statements.filter((statement) => planning.kindOf(statement) === 'ExpressionStatement');
  const scope = bindStatements(planning, statements, emptyScope);
  const [first, second] = expressions;
  if (second !== undefined) {
    planning.unsupported({ start: second.TextStart, end: second.End }, 'a second result');
  }
  if (first === undefined) return null;
  const expression = first['Expression'] as Node;
  if (columnsOfType(expression.ResultType) !== null) return planTable(planning, expression, scope);
  // A scalar alone is a table of one row.
  const value = planExpr(planning, expression, scope);
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'print', span: { start: expression.TextStart, end: expression.End } },
    rows: [[value]],
    output: [planning.column('print_0', value.type)],
  });
};

/** A KQL query as a plan, or all that is wrong with it: what the binder finds, and what is not supported. */
export const compileKql = (kusto: Kusto, query: QueryText, known: KnownTables): Parsed<Plan> => {
  const tables = mentioned(query.text, known);
  const bound = bind(kusto, query.text, [...tables.values()]);
  if (typeof bound === 'string') {
    return {
      ok: false,
      diagnostics: [
        { code: 'kql/binder', severity: 'error', message: `The KQL binder failed: ${bound}`, place: query.origin },
      ],
    };
  }
  const found = binderDiagnostics(query, bound.diagnostics, {
    bound: [...tables.values()],
    all: [...known.all.values()],
  });
  if (found.some(isError)) return { ok: false, diagnostics: found };
  const planning = createPlanning(kusto, query.text, tables, known.filled);
  const root = planQuery(planning, bound.syntax);
  if (root === null) return { ok: false, diagnostics: [...found, noQuery(query)] };
  const { pending } = planning;
  const plan: Plan = { stages: planning.stages, root: root.id, ...(pending === null ? {} : { pending }) };
  const refusals = reported(distinctRefusals([...planning.refusals, ...unknownFunctions(plan)]), pending !== null);
  const retired = retiredDiagnostics(
    query,
    plan.stages.flatMap((stage) => {
      const table = stage.kind === 'table' ? tables.get(stage.table) : undefined;
      return table === undefined || stage.source === null ? [] : [{ table, span: stage.source.span }];
    }),
  );
  const diagnostics = [
    ...found,
    ...retired,
    ...warningDiagnostics(query, planning.warnings),
    ...refusalDiagnostics(query, refusals),
  ];
  return refusals.length > 0 ? { ok: false, diagnostics } : { ok: true, value: plan, diagnostics };
};

/** What the service refuses says more than what we do not support; names that data may give are no refusal. */
const reported = (refusals: readonly Refusal[], isPending: boolean): readonly Refusal[] => {
  const invalid = refusals.filter((refusal) => refusal.invalid === true);
  return invalid.length > 0 ? invalid : refusals.filter(({ unresolved }) => !isPending || unresolved !== true);
};

/** A `let` that is named twice is planned once, but a function is planned at each call. */
const distinctRefusals = (refusals: readonly Refusal[]): readonly Refusal[] => [
  ...new Map(refusals.map((refusal) => [`${refusal.span.start} ${refusal.construct}`, refusal])).values(),
];

const noQuery = ({ origin }: QueryText): Diagnostic => ({
  code: 'kql/no-query',
  severity: 'error',
  message: 'There is no query here, only declarations.',
  place: origin,
});
