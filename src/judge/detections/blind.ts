import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place, Position } from '../../model/place.ts';
import type { Clause, CompiledQuery } from '../../query/engine.ts';
import type { ProductTable } from '../../telemetry/hub.ts';

type Tables = ReadonlyMap<string, ProductTable>;

/**
 * Why a silent rule could not have seen the attack: what the clause that removed the last row reads, no active sensor fills. Where no
 * clause did, because there was no row at all, every table that the rule reads is asked. Tables that are given need no sensor. Null: it
 * could have.
 */
export const whyBlind = (
  tables: Tables,
  query: CompiledQuery,
  decisive: Clause | null,
  given: ReadonlyMap<string, unknown> = new Map(),
): string | null => {
  const isSensed = (name: string): boolean => !given.has(name);
  if (decisive === null) return firstOf(query.tables.filter(isSensed), (name) => whyUnfed(tables, name));
  const reads = decisive.reads.filter(({ table }) => isSensed(table));
  return firstOf(reads, ({ table, column }) => {
    const reason = tables.get(table)?.alwaysNull.get(column);
    return (
      whyUnfed(tables, table) ?? (reason === undefined ? null : `${table}.${column} is filled by no sensor: ${reason}`)
    );
  });
};

/** A field of a rule that its table has no column for is as unseen as a column that nothing fills. */
export const whyFieldless = (diagnostics: readonly Diagnostic[], decisive: Clause | null): string | null => {
  if (decisive === null) return null;
  const absent = diagnostics.find(
    ({ code, place }) =>
      ['sigma/no-column', 'cloud-siem/unfilled-field'].includes(code) &&
      place !== undefined &&
      isWithin(place, decisive.place),
  );
  return absent?.message ?? null;
};

const isWithin = (inner: Place, outer: Place): boolean =>
  isAtOrBefore(outer, inner) &&
  isAtOrBefore(
    { line: inner.line, column: inner.column },
    { line: outer.endLine ?? outer.line, column: outer.endColumn ?? outer.column },
  );

const isAtOrBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.column <= b.column);

const whyUnfed = (tables: Tables, name: string): string | null => {
  const table = tables.get(name);
  if (table === undefined) return `${name} is fed by no sensor: this lab has no source of it`;
  return table.unfed === null ? null : `${name} is fed by no sensor: ${table.unfed}`;
};

const firstOf = <T>(values: readonly T[], find: (value: T) => string | null): string | null => {
  for (const value of values) {
    const found = find(value);
    if (found !== null) return found;
  }
  return null;
};
