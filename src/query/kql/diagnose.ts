import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import type { Span } from '../plan/span.ts';
import type { KustoDiagnostic } from './kusto.ts';
import { createMarker, type QueryText } from '../plan/place-of.ts';
import type { Refusal } from './planning.ts';
import { severityOf } from './policy.ts';
import type { Prelude } from './prelude.ts';
import { suggest } from './suggest.ts';

/** Functions by which queries read what is kept elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  workspace: 'another workspace',
  app: 'an application of Application Insights',
  resource: 'a resource',
  adx: 'a cluster of Azure Data Explorer',
  arg: 'Azure Resource Graph',
};

/** What a query asks for that is not here, where that is what the binder means; else null. */
const askedElsewhere = ({ Code: code, Message: message }: KustoDiagnostic): string | null => {
  const name = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (code === 'KS211' && Object.hasOwn(elsewhere, name)) return `${name}() reads ${elsewhere[name] ?? ''}`;
  if (code === 'KS207') return `cluster() reads the cluster ${name}`;
  return code === 'KS208' ? `database() reads the database ${name}` : null;
};

/** The binder quotes the name it does not know. */
const hintFor = (
  { Code: code, Message: message }: KustoDiagnostic,
  tables: readonly TableInfo[],
): string | undefined => {
  const name = /'([^']+)'/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const known =
    code === 'KS204'
      ? tables.map((table) => table.name)
      : tables.flatMap(({ columns }) => columns.map((column) => column.name));
  const found = code === 'KS204' || code === 'KS142' ? suggest(name, known) : null;
  return found === null ? undefined : `Did you mean ${found}?`;
};

/** At its place in the function's own file; where that is not known, at the first word of the query that names the function. */
const inSavedFunction = (
  query: QueryText,
  { parts }: Prelude,
  { Start: start, Length: length, Message: message }: KustoDiagnostic,
): Pick<Diagnostic, 'message' | 'place' | 'excerpt'> => {
  const part = parts.findLast((candidate) => candidate.start <= start);
  const names = part?.names ?? [];
  const told = { message: `In the saved function ${names.join(', ')}: ${message}` };
  if (part?.origin !== undefined) {
    const from = start - part.start;
    return { ...told, ...createMarker({ text: part.text, origin: part.origin })({ start: from, end: from + length }) };
  }
  const words = [...query.text.matchAll(/[A-Za-z_]\w*/g)];
  // It may be called by another that the query calls.
  const call =
    words.find(([word]) => names.includes(word)) ??
    words.find(([word]) => parts.some((other) => other.names.includes(word)));
  const from = call?.index ?? 0;
  return { ...told, ...createMarker(query)({ start: from, end: from + (call?.[0].length ?? 0) }) };
};

/** What the binder says, in the file that the query stands in. */
export const binderDiagnostics = (
  query: QueryText,
  prelude: Prelude,
  found: readonly KustoDiagnostic[],
  tables: { readonly bound: readonly TableInfo[]; readonly all: readonly TableInfo[] },
): readonly Diagnostic[] => {
  const at = createMarker(query);
  const before = prelude.text.length;
  // What such a query does with columns that nobody knows is not its fault.
  const away = found.filter((diagnostic) => askedElsewhere(diagnostic) !== null);
  return (away.length === 0 ? found : away)
    .filter(({ Severity }) => Severity === 'Error' || Severity === 'Warning')
    .map((diagnostic) => {
      const asked = askedElsewhere(diagnostic);
      const hint =
        asked === null
          ? hintFor(diagnostic, diagnostic.Code === 'KS204' ? tables.all : tables.bound)
          : 'give what it would read as a table or a function of your own, and name that';
      return {
        code: asked === null ? `kql/${diagnostic.Code}` : 'kql/elsewhere',
        severity: asked === null ? severityOf(diagnostic.Code, diagnostic.Severity) : 'error',
        ...(diagnostic.Start < before
          ? inSavedFunction(query, prelude, diagnostic)
          : {
              message: asked === null ? diagnostic.Message : `${asked}: nothing but the given tables is reached here.`,
              ...at({ start: diagnostic.Start - before, end: diagnostic.Start - before + diagnostic.Length }),
            }),
        ...(hint === undefined ? {} : { hint }),
      };
    });
};

export const refusalDiagnostics = (query: QueryText, refusals: readonly Refusal[]): readonly Diagnostic[] => {
  const at = createMarker(query);
  return refusals.map(({ span, construct, invalid }) => ({
    code: invalid === true ? 'kql/invalid' : 'kql/unsupported',
    severity: 'error',
    message: invalid === true ? construct : `Not supported: ${construct}.`,
    ...at(span),
  }));
};

export const warningDiagnostics = (
  query: QueryText,
  warnings: readonly { readonly span: Span; readonly message: string }[],
): readonly Diagnostic[] => {
  const at = createMarker(query);
  return warnings.map(({ span, message }) => ({ code: 'kql/note', severity: 'warning', message, ...at(span) }));
};

/** A table that its product no longer fills is bound, and said to be retired. */
export const retiredDiagnostics = (
  query: QueryText,
  uses: readonly { readonly table: TableInfo; readonly span: Span }[],
): readonly Diagnostic[] => {
  const at = createMarker(query);
  return uses.flatMap(({ table, span }): Diagnostic[] =>
    table.retired === undefined
      ? []
      : [
          {
            code: 'kql/retired-table',
            severity: 'warning',
            message: `${table.name} was retired on ${table.retired}: the product no longer fills it.`,
            ...at(span),
          },
        ],
  );
};
