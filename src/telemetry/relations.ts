import type { TableInfo } from '../model/table.ts';
import type { Hub } from './hub.ts';

/** The product tables as the query engine takes them: what each is called, and the SQL that reads it. */
export const hubRelations = (
  hub: Hub,
): ReadonlyMap<string, { readonly info: TableInfo; readonly sql: string; readonly fedBy: readonly string[] }> =>
  new Map([...hub.tables].map(([name, { info, sql, fedBy }]) => [name, { info, sql, fedBy }]));
