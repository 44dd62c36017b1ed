import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBTimestampValue } from '@duckdb/node-api';
import type { Manifest } from '../model/manifest.ts';
import { createDrillTime } from '../util/drill-time.ts';
import { indicatorColumns } from './hub-columns.ts';

const startOfDrill = ({ startedAt, clock }: Manifest): bigint =>
  BigInt(createDrillTime(clock)(Date.parse(startedAt) * 1000));

/** Creates the table `indicators` from what the manifest declares. */
export const createIndicatorTable = async (connection: DuckDBConnection, manifest: Manifest): Promise<void> => {
  const columns = Object.entries(indicatorColumns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE indicators (${columns.join(', ')})`);
  const recorded = new DuckDBTimestampValue(startOfDrill(manifest));
  const holes = columns.map((_, index) => `$${String(index + 1)}`).join(', ');
  for (const [index, indicator] of manifest.indicators.entries()) {
    const { value, type, threatType, confidence, description, active } = indicator;
    await connection.run(`INSERT INTO indicators VALUES (${holes})`, [
      `indicator:${String(index)}`,
      value,
      type,
      threatType,
      confidence,
      description,
      active,
      recorded,
    ]);
  }
};
