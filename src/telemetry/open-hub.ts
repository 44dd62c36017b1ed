import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LabEvent } from '../model/event.ts';
import type { Loss } from '../model/loss.ts';
import type { Manifest } from '../model/manifest.ts';
import { appendEvents, createEventTable } from '../recording/event-table.ts';
import { loadEvents } from '../recording/load-events.ts';
import { openRecording } from '../recording/open-recording.ts';
import { applyProfile } from './apply-profile.ts';
import { alwaysNullColumns, personasFeeding, unfedReason } from './coverage.ts';
import { openDatabase, sqlName, sqlString } from './database.ts';
import type { Hub, ProductTable } from './hub.ts';
import { createIndicatorTable } from './indicator-table.ts';
import { loadTables } from './load-tables.ts';
import { countMalformed } from './malformed.ts';
import { columnMarks, tableMarks } from './marks.ts';
import { createObservedEvents } from './observed-events.ts';
import { loadProfile, type SensorProfile } from './profile.ts';
import { renderScope, wholeScenario } from './scope.ts';
import { renderRecords } from './records-sql.ts';
import { isOfRecords, renderStore, renderViews } from './table-sql.ts';
import type { TableSpec } from './table-spec.ts';

/** A recording's folder, or what one would hold. */
export type HubSource = string | { readonly manifest: Manifest; readonly events: readonly LabEvent[] };

export interface HubOptions {
  /** Default: the topology's, else `lab`. */
  readonly profile?: SensorProfile;
  readonly threads?: number;
  /** DuckDB's notation, for example `2GB`. */
  readonly memoryLimit?: string;
}

const macros = readFileSync(join(import.meta.dirname, 'macros.sql'), 'utf8');

const createProfileMacro = async (connection: DuckDBConnection, { options }: SensorProfile): Promise<void> => {
  const entries = Object.entries(options).map(([name, { value }]) => `${sqlString(name)}: ${String(value)}`);
  await connection.run(`CREATE MACRO profile(name) AS MAP {${entries.join(', ')}}[name]`);
};

const createProductTables = async (
  connection: DuckDBConnection,
  specs: readonly TableSpec[],
  profile: SensorProfile,
): Promise<void> => {
  await connection.run(macros);
  await createProfileMacro(connection, profile);
  await connection.run('CREATE SCHEMA store; CREATE SCHEMA records; CREATE SCHEMA evidence');
  const create = async (some: readonly TableSpec[]): Promise<void> => {
    for (const spec of some) {
      for (const sql of [renderStore(spec, profile), ...renderViews(spec)]) await connection.run(sql);
    }
  };
  await create(specs.filter((spec) => !isOfRecords(spec)));
  for (const sql of renderRecords(specs)) await connection.run(sql);
  await create(specs.filter(isOfRecords));
};

const productTable = (spec: TableSpec, manifest: Manifest): ProductTable => ({
  info: spec.info,
  sql: `main.${sqlName(spec.info.name)}`,
  evidenceSql: `evidence.${sqlName(spec.info.name)}`,
  unfed: unfedReason(spec, manifest),
  fedBy: personasFeeding(spec, manifest),
  alwaysNull: alwaysNullColumns(spec, manifest),
  columnMarks: columnMarks(spec, manifest),
  marks: tableMarks(spec, manifest),
});

/**
 * Loads a recording and shows it as the products would. The rows of every product table are computed once; a scope is a
 * condition and a shift in the view above them, so that judging many scopes and phases costs no more than reading.
 */
export const openHub = async (source: HubSource, options: HubOptions = {}): Promise<Hub> => {
  const recording = typeof source === 'string' ? await openRecording(source) : source;
  const { manifest } = recording;
  const profile = options.profile ?? loadProfile(manifest.topology.profile ?? 'lab');
  const specs = loadTables().map((spec) => applyProfile(spec, profile));
  let losses: readonly Loss[] = [];
  const database = await openDatabase({
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
    load: async (connection) => {
      if ('eventFiles' in recording) await loadEvents(connection, recording.eventFiles);
      else {
        await createEventTable(connection);
        await appendEvents(connection, recording.events);
      }
      losses = await countMalformed(connection);
      await createObservedEvents(connection, manifest.topology);
      await createIndicatorTable(connection, manifest);
      await createProductTables(connection, specs, profile);
      await connection.run(renderScope(wholeScenario));
    },
  });
  return {
    database,
    manifest,
    losses,
    tables: new Map(specs.map((spec) => [spec.info.name, productTable(spec, manifest)])),
    setScope: (scope) => database.run(renderScope(scope)),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
};
