import { createRequire } from 'node:module';
import type { SensorReport } from '../model/manifest.ts';
import { catalogDate } from '../telemetry/catalog.ts';

const versionOf = (name: string): string => {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { readonly version: string };
  return version;
};

/**
 * What a verdict depends on besides content and telemetry, under the names that a comparison explains changes by: `engine`,
 * `schemas`, and `sensor.*`, each with its parsers.
 */
export const judgingEnvironment = (sensors: readonly SensorReport[]): Readonly<Record<string, string>> => ({
  engine: `DuckDB ${versionOf('@duckdb/node-api')}, Kusto language ${versionOf('@kusto/language-service-next')}`,
  schemas: `Sentinel of ${catalogDate('sentinel')}, Defender of ${catalogDate('defender')}`,
  ...Object.fromEntries(
    [...Map.groupBy(sensors, ({ sensor }) => sensor)].map(([name, reports]) => [`sensor.${name}`, describe(reports)]),
  ),
});

const describe = (reports: readonly SensorReport[]): string =>
  [...new Set(reports.flatMap(({ tool, raw }) => [tool, ...raw.map(({ parser }) => `parser ${parser}`)]))].join(', ');
