import type { Content } from '../content/content.ts';
import { resolveInputs } from '../content/atomics/resolve-inputs.ts';
import { signalsOf } from '../content/signals-of.ts';
import { judgeRun, type Judged } from '../judge/judge-run.ts';
import type { Loss } from '../model/loss.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Result } from '../model/run-result.ts';
import type { Scenario } from '../model/scenario.ts';
import { loadLanguages } from '../query/languages.ts';
import type { Relation } from '../query/engine.ts';
import { openEngine } from '../query/open-engine.ts';
import { loadCatalog } from '../telemetry/catalog.ts';
import { hubRelations } from '../telemetry/relations.ts';
import { rowsOfArray } from './data/rows-of-array.ts';
import { emptyEnvironment, type LoadedEnvironment } from './fixtures/load-environment.ts';
import { storeEnvironment } from './fixtures/store-environment.ts';
import { openHub, type HubSource } from '../telemetry/open-hub.ts';

export interface JudgedRecording extends Judged {
  readonly manifest: Manifest;
  /** What the tables could not read of the events. */
  readonly losses: readonly Loss[];
}

const geoTable = 'geo_info_from_ip_address';

/** The service tells countries by their English names. */
const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** Where the addresses of the lab's providers are, unless the environment says it. */
const withPlaces = (environment: LoadedEnvironment, { topology }: Manifest): LoadedEnvironment => {
  const rows = (topology.providers ?? []).flatMap(({ prefix, location }) => {
    if (location === null) return [];
    const { country, region: state, city, latitude, longitude } = location;
    return [{ network: prefix, country: countryNames.of(country), state, city, latitude, longitude }];
  });
  if (rows.length === 0 || environment.tables.some(({ table }) => table === geoTable)) return environment;
  return {
    ...environment,
    tables: [...environment.tables, { table: geoTable, source: rowsOfArray(rows), place: null }],
  };
};

/** Judges a recording against content: a pure function of files, needing no lab, now or years later. */
export const judgeRecording = async (
  recording: HubSource,
  content: Content,
  scenario: Scenario,
  signal: AbortSignal,
  {
    onResult = () => undefined,
    environment = emptyEnvironment,
  }: { readonly onResult?: (result: Result) => void; readonly environment?: LoadedEnvironment } = {},
): Promise<JudgedRecording> => {
  await using hub = await openHub(recording);
  const catalog = loadCatalog(['sentinel', 'defender']);
  const { relations, marks } = await storeEnvironment(hub.database, catalog, withPlaces(environment, hub.manifest));
  const engine = openEngine({
    database: hub.database,
    relations: new Map<string, Relation>([...hubRelations(hub), ...relations]),
    catalog,
    functions: environment.functions,
    languages: await loadLanguages(),
  });
  const judged = await judgeRun({
    scenario,
    atomics: content.atomics,
    detections: content.detections,
    signalsOf: (variant) => {
      const atomic = content.atomics.get(variant.atomic);
      return atomic === undefined ? [] : signalsOf(content, atomic, resolveInputs(atomic, variant.inputs).inputs);
    },
    hub,
    engine,
    given: marks,
    signal,
    onResult,
  });
  return { ...judged, manifest: hub.manifest, losses: hub.losses };
};
