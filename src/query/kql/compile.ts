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
import { emptyScope, spanOf } from './scope.ts';
import { givenWatchlists, preludeOf, unknownWatchlist, watchlistTable, type Prelude } from './prelude.ts';
import type { Stage, ValuesStage } from '../plan/stage.ts';

/**
 * The tables that a text can mean: those whose names stand in it or match a pattern in it; where it means all tables, those that have
 * data. Binding every query against nine hundred tables would take half a second.
 */
const mentioned = (text: string, { all, filled }: KnownTables): ReadonlyMap<string, TableInfo> => {
  const words = new Set(text.match(/[A-Za-z_][\w-]*/g) ?? []);
  const prefixes = [...text.matchAll(/\b([A-Za-z_]\w*)\*/g)].map((match) => match[1] ?? '');
  const watchlists = words.has('_GetWatchlist');
  const everything =
    /\bunion\b[^|;]*(?:^|[\s,])\*/.test(text) || (/\b(search|find)\b/.test(text) && !/\bin\s*\(/.test(text));
  const meant = ({ name }: TableInfo): boolean =>
    words.has(name) ||
    (watchlists && name.startsWith('watchlist:')) ||
    (/[^\w-]/.test(name) && text.includes(name.replace(/^external:/, ''))) ||
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

const planQuery = (planning: Planning, syntax: Node, prelude: number): Stage | null => {
  const statements = elementsOf(syntax['Statements']);
  const expressions = statements.filter((statement) => planning.kindOf(statement) === 'ExpressionStatement');
  const scope = bindStatements(planning, statements, { ...emptyScope, offset: -prelude });
  const [first, second] = expressions;
  if (second !== undefined) {
    planning.warn(spanOf(second, scope), `The query gives ${expressions.length} tables: only the first is shown.`);
  }
  if (first === undefined) return null;
  const expression = first['Expression'] as Node;
  const isTable = columnsOfType(expression.ResultType) !== null || expression.ResultType?.Name === 'group';
  if (isTable) return planTable(planning, expression, scope);
  // A scalar alone is a table of one row.
  const value = planExpr(planning, expression, scope);
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'print', span: spanOf(expression, scope) },
    rows: [[value]],
    output: [planning.column('print_0', value.type)],
  });
};

const hasUnknownWatchlist = (tables: ReadonlyMap<string, TableInfo>, { watchlists }: Prelude): boolean =>
  watchlists.some((alias) => !tables.has(watchlistTable(alias)));

const withWatchlists = (
  tables: ReadonlyMap<string, TableInfo>,
  { watchlists }: Prelude,
  asked: readonly string[],
): ReadonlyMap<string, TableInfo> => {
  const unknown = watchlists.map((alias) => unknownWatchlist(alias, asked)).filter(({ name }) => !tables.has(name));
  return new Map([...tables, ...unknown.map((table) => [table.name, table] as const)]);
};

interface Attempt {
  readonly bound: Bound | null;
  readonly found: readonly Diagnostic[];
  readonly tables: ReadonlyMap<string, TableInfo>;
  /** Names that no table has. */
  readonly unknown: readonly string[];
}

const bindWith = (
  kusto: Kusto,
  query: QueryText,
  prelude: Prelude,
  tables: ReadonlyMap<string, TableInfo>,
  known: KnownTables,
): Attempt => {
  // Inside _GetWatchlist a watchlist is a table of its alias.
  const byAlias = prelude.watchlists.flatMap((alias) => {
    const table = tables.get(watchlistTable(alias));
    return table === undefined ? [] : [{ ...table, name: alias }];
  });
  const bound = bind(kusto, prelude.text + query.text, [...tables.values(), ...byAlias]);
  if (typeof bound === 'string') {
    const message = `The KQL binder failed: ${bound}`;
    const failed: Diagnostic = { code: 'kql/binder', severity: 'error', message, place: query.origin };
    return { bound: null, found: [failed], tables, unknown: [] };
  }
  const found = binderDiagnostics(query, prelude, bound.diagnostics, {
    bound: [...tables.values()],
    all: [...known.all.values()],
  });
  const unknown = bound.diagnostics
    .filter(({ Code: code }) => code === 'KS142' || code === 'KS109')
    .map(({ Message: message }) => /'([^']+)'/.exec(message)?.[1] ?? '');
  return { bound, found, tables, unknown: [...new Set(unknown)] };
};

/** A KQL query as a plan, or all that is wrong with it: what the binder finds, and what is not supported. */
export const compileKql = (kusto: Kusto, query: QueryText, known: KnownTables): Parsed<Plan> => {
  const prelude = preludeOf(query.text, known.functions ?? [], givenWatchlists(known.filled));
  const text = prelude.text + query.text;
  const given = new Map([
    ...prelude.tables.filter(({ name }) => !known.all.has(name)).map((table) => [table.name, table] as const),
    ...mentioned(text, known),
  ]);
  const attempt = (asked: readonly string[]) =>
    bindWith(kusto, query, prelude, withWatchlists(given, prelude, asked), known);
  const first = attempt([]);
  // What no table has is asked of the watchlists that nobody gave.
  const second = first.unknown.length > 0 && hasUnknownWatchlist(given, prelude) ? attempt(first.unknown) : first;
  const { bound, found, tables } = second.unknown.length === 0 ? second : first;
  if (bound === null) return { ok: false, diagnostics: found };
  if (found.some(isError)) return { ok: false, diagnostics: found };
  const planning = createPlanning(kusto, { text, prelude: prelude.text.length }, tables, known.filled);
  const root = planQuery(planning, bound.syntax, prelude.text.length);
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
