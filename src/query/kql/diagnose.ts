import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import type { Span } from '../plan/span.ts';
import type { KustoDiagnostic } from './kusto.ts';
import { createLocator, lineAt, type QueryText } from '../plan/place-of.ts';
import type { Refusal } from './planning.ts';
import { severityOf } from './policy.ts';
import { suggest } from './suggest.ts';

type At = Pick<Diagnostic, 'place' | 'excerpt'>;

const locate = (query: QueryText): ((span: Span) => At) => {
  const placeOf = createLocator(query);
  return (span) => {
    const place = placeOf(span);
    const line = lineAt(query.text, span.start);
    // The excerpt is padded to where it stands in its file, so that a caret under the place's column hits.
    const before = span.start - (query.text.lastIndexOf('\n', span.start - 1) + 1);
    return { place, excerpt: ' '.repeat(Math.max(0, place.column - 1 - before)) + line };
  };
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

/** What the binder says, in the file that the query stands in. */
export const binderDiagnostics = (
  query: QueryText,
  prelude: number,
  found: readonly KustoDiagnostic[],
  tables: { readonly bound: readonly TableInfo[]; readonly all: readonly TableInfo[] },
): readonly Diagnostic[] => {
  const at = locate(query);
  return found
    .filter(({ Severity }) => Severity === 'Error' || Severity === 'Warning')
    .map((diagnostic) => {
      const hint = hintFor(diagnostic, diagnostic.Code === 'KS204' ? tables.all : tables.bound);
      return {
        code: `kql/${diagnostic.Code}`,
        severity: severityOf(diagnostic.Code, diagnostic.Severity),
        ...(diagnostic.Start < prelude
          ? { message: `In a saved function: ${diagnostic.Message}`, ...at({ start: 0, end: 0 }) }
          : {
              message: diagnostic.Message,
              ...at({ start: diagnostic.Start - prelude, end: diagnostic.Start - prelude + diagnostic.Length }),
            }),
        ...(hint === undefined ? {} : { hint }),
      };
    });
};

export const refusalDiagnostics = (query: QueryText, refusals: readonly Refusal[]): readonly Diagnostic[] => {
  const at = locate(query);
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
  const at = locate(query);
  return warnings.map(({ span, message }) => ({ code: 'kql/note', severity: 'warning', message, ...at(span) }));
};

/** A table that its product no longer fills is bound, and said to be retired. */
export const retiredDiagnostics = (
  query: QueryText,
  uses: readonly { readonly table: TableInfo; readonly span: Span }[],
): readonly Diagnostic[] => {
  const at = locate(query);
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
