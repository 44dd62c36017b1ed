import type { Database } from './database.ts';
import type { ProductTable } from './hub.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Mark } from '../model/persona.ts';
import { productAddressType } from './address-type.ts';
import type { TableSpec } from './table-spec.ts';

/** True when a zone of the topology is said to be of a type that the product would not give its addresses. */
const declaresZones = ({ topology }: Manifest): boolean =>
  topology.zones.some(({ prefix, ipType }) => productAddressType(prefix.split('/')[0] ?? '') !== ipType);

/** Marks of single columns that hold in this run. */
export const columnMarks = (spec: TableSpec, manifest: Manifest): ReadonlyMap<string, readonly Mark[]> => {
  const holds = (mark: Mark): boolean => mark !== 'declared-zone' || declaresZones(manifest);
  const kept = [...spec.columnMarks].map(([name, marks]) => [name, marks.filter(holds)] as const);
  return new Map(kept.filter(([, marks]) => marks.length > 0));
};

/** Marks of every row of a table in this run. */
export const tableMarks = (spec: TableSpec, manifest: Manifest): readonly Mark[] =>
  manifest.clock.scale === 1 ? spec.marks : [...spec.marks, 'compressed-clock'];

/** The marks of a table's rows in the present scope, each once, sorted. `where` is a condition on the table's columns. */
export const readRowMarks = async (
  database: Database,
  table: ProductTable,
  where = 'true',
): Promise<readonly Mark[]> => {
  const { rows } = await database.read(
    `SELECT DISTINCT unnest(CAST(CAST("tocsin.marks" AS JSON) AS VARCHAR[])) AS mark FROM ${table.evidenceSql} WHERE ${where} ORDER BY mark`,
  );
  return [...new Set([...table.marks, ...rows.map(([mark]) => String(mark) as Mark)])].sort();
};
