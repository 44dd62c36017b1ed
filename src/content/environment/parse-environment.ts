import type { Parsed } from '../../model/diagnostic.ts';
import type { Environment, FixtureRows, FixtureTable } from '../../model/environment.ts';
import type { Place } from '../../model/place.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { Path } from '../../util/yaml/locate.ts';
import { environmentSchema, type EnvironmentFile } from './schema.ts';

type Rows = EnvironmentFile['tables'][string];

const rowsOf = (rows: Rows): FixtureRows =>
  typeof rows === 'string' ? { kind: 'file', file: rows } : { kind: 'rows', rows };

/** Tables in JSON and Parquet have columns with names; anything else at an address is read as the query says. */
const externalOf = (rows: EnvironmentFile['externaldata'][string]): FixtureRows => {
  if (Array.isArray(rows)) return { kind: 'rows', rows };
  if (typeof rows === 'object') return { kind: 'external-text', text: rows.text };
  return { kind: rows.endsWith('.parquet') ? 'file' : 'external-file', file: rows };
};

/** An environment as people wrote it, as the engine's own tables and texts. `place` says where something stands. */
export const environmentOf = (
  { functions, watchlists, tables, file_profile: fileProfile, geo, externaldata }: EnvironmentFile,
  place: (path: Path) => Place | null = () => null,
): Environment => {
  const named = <T>(
    group: string,
    entries: Readonly<Record<string, T>>,
    nameOf: (name: string) => string,
    source: (value: T) => FixtureRows,
  ): readonly FixtureTable[] =>
    Object.entries(entries).map(([name, value]) => ({
      table: nameOf(name),
      source: source(value),
      place: place([group, name]),
    }));
  const one = (key: string, table: string, rows: Rows | undefined): readonly FixtureTable[] =>
    rows === undefined ? [] : [{ table, source: rowsOf(rows), place: place([key]) }];
  return {
    functions: functions.map((given, index) => ({
      source: typeof given === 'string' ? { file: given } : given,
      place: place(['functions', index]),
    })),
    tables: [
      ...named('tables', tables, (name) => name, rowsOf),
      ...named('watchlists', watchlists, (alias) => `watchlist:${alias}`, rowsOf),
      ...one('file_profile', 'FileProfile', fileProfile),
      ...one('geo', 'geo_info_from_ip_address', geo),
      ...named('externaldata', externaldata, (address) => address, externalOf),
    ],
  };
};

/** `environments/*.yaml`, or the file that `--environment` names. */
export const parseEnvironment = (file: string, text: string): Parsed<Environment> => {
  const loaded = loadYaml(file, text, environmentSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  return { ...loaded, value: environmentOf(yaml.value, (path) => yaml.place(path)) };
};
