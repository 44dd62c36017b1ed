import type { Mark } from '../../model/persona.ts';
import type { CompiledQuery } from '../../query/engine.ts';
import type { Hub } from '../../telemetry/hub.ts';
import { readRowMarks } from '../../telemetry/marks.ts';
import { joinMarks } from '../marks.ts';

/** What a verdict rests on: the rows of its tables in the hub's present scope, and the columns that its plan reads. */
export const detectionMarks = async (
  hub: Hub,
  query: CompiledQuery,
  given: ReadonlyMap<string, readonly Mark[]> = new Map(),
): Promise<readonly Mark[]> => {
  const lists: (readonly Mark[])[] = [];
  for (const name of query.tables) {
    const table = given.has(name) ? undefined : hub.tables.get(name);
    lists.push(given.get(name) ?? []);
    if (table !== undefined) lists.push(await readRowMarks(hub.database, table));
  }
  for (const { table: name, column } of query.clauses.flatMap((clause) => clause.reads)) {
    const table = given.has(name) ? undefined : hub.tables.get(name);
    lists.push(table?.columnMarks.get(column) ?? []);
    if (table?.alwaysNull.has(column) === true) lists.push(['always-null-column']);
  }
  return joinMarks(...lists);
};
