import type { Manifest, SensorReport } from '../model/manifest.ts';
import type { Persona } from '../model/persona.ts';
import { eventColumnsOf } from './hub-columns.ts';
import type { BranchSpec, ColumnSpec, TableSpec } from './table-spec.ts';

const personaOf = (manifest: Manifest, host: string): Persona | undefined =>
  manifest.topology.hosts.find(({ name }) => name === host)?.persona;

/** Sensors whose events can become rows of a branch. */
const feeders = ({ needs, off }: BranchSpec, manifest: Manifest): readonly SensorReport[] => {
  if (needs === null || off !== null) return [];
  return manifest.sensors.filter(
    (sensor) =>
      needs.actions.some((action) => sensor.actions.includes(action)) &&
      (needs.persona === null || personaOf(manifest, sensor.host) === needs.persona),
  );
};

const isFed = (branch: BranchSpec, manifest: Manifest): boolean =>
  branch.from === 'indicators' ? manifest.indicators.length > 0 : feeders(branch, manifest).length > 0;

const lackOf = ({ needs, from, off }: BranchSpec): string => {
  if (off !== null) return off;
  if (from === 'indicators' || needs === null) return 'the run declares no indicators';
  const hosts = needs.persona === null ? 'any host' : `a ${needs.persona} host`;
  return `no active sensor of ${hosts} reports ${needs.actions.join(' or ')}`;
};

/** Why a table has no rows whatever happens in this run; null when something feeds it. */
export const unfedReason = ({ branches }: TableSpec, manifest: Manifest): string | null =>
  branches.some((branch) => isFed(branch, manifest)) ? null : [...new Set(branches.map(lackOf))].join('; ');

export const personasFeeding = ({ branches }: TableSpec, manifest: Manifest): readonly Persona[] => [
  ...new Set(
    branches.flatMap((branch) => feeders(branch, manifest)).flatMap(({ host }) => personaOf(manifest, host) ?? []),
  ),
];

const nullReason = (column: ColumnSpec, branch: BranchSpec, manifest: Manifest): string | null => {
  if (column.kind === 'null') return column.because;
  const needed = eventColumnsOf(column.sql);
  const sensors = feeders(branch, manifest);
  if (needed.length === 0 || sensors.length === 0) return null;
  const unfilled = needed.every((name) => sensors.every((sensor) => sensor.neverFills.includes(name)));
  return unfilled ? `no active sensor fills ${[...new Set(needed)].join(' or ')}` : null;
};

/** Columns that are null in every row that this run can give, each with its reason. */
export const alwaysNullColumns = ({ info, branches }: TableSpec, manifest: Manifest): ReadonlyMap<string, string> => {
  const fed = branches.filter((branch) => isFed(branch, manifest));
  const considered = fed.length > 0 ? fed : branches;
  const reasons = info.columns.flatMap(({ name }) => {
    const why = considered.map((branch) => {
      const column = branch.columns.get(name);
      return column === undefined ? null : nullReason(column, branch, manifest);
    });
    return why.every((reason) => reason !== null) ? [[name, [...new Set(why)].join('; ')] as const] : [];
  });
  return new Map(reasons);
};
