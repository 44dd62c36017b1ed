import type { SoftwareLayer } from '../software-layer.ts';
import { plural } from '../../util/plural.ts';
import type { RunApt } from './apt.ts';
import { composeLayer } from './compose-layer.ts';
import { readIndex, refreshIndex, type PackageIndex } from './package-index.ts';
import type { DebianPackage } from './package-uris.ts';
import { realPackage, resolvePackages } from './resolve.ts';
import { missingPackages, unpackPackages } from './unpack-packages.ts';

export interface SoftwareOptions {
  /** Folder for what is unpacked; shared by runs, also at the same time. */
  readonly cache: string;
  readonly run: RunApt;
  /** Code names of the releases of this machine, whose package sources are asked, and of the hosts' root. */
  readonly releases: { readonly machine: string | null; readonly hosts: string | null };
  readonly nowMs: () => number;
  /** What happens, for people who wait. */
  readonly notice: (text: string) => void;
}

export interface MissingSoftware {
  readonly reason: string;
  /** One line. */
  readonly fix: string;
}

export interface ProvidedSoftware {
  /** By host. */
  readonly layers: ReadonlyMap<string, SoftwareLayer>;
  /** By host, by the name of the package. */
  readonly missing: ReadonlyMap<string, ReadonlyMap<string, MissingSoftware>>;
}

/** The sources are asked again after a day: their packages move on, and old ones go. */
export const indexLifeMs = 24 * 60 * 60 * 1000;

/** Layers for hosts (`wanted`: host → names of packages), from the cache or from the machine's package sources. */
export const provideSoftware = async (
  wanted: ReadonlyMap<string, readonly string[]>,
  options: SoftwareOptions,
): Promise<ProvidedSoftware> => {
  const layers = new Map<string, SoftwareLayer>();
  const missing = new Map<string, ReadonlyMap<string, MissingSoftware>>();
  const answers = new Map<string, Promise<SetOutcome>>();
  for (const [host, names] of wanted) {
    if (names.length === 0) continue;
    const set = [...new Set(names)].sort();
    const key = set.join(' ');
    const answer = answers.get(key) ?? provideSet(set, options);
    answers.set(key, answer);
    const { layer, missing: without } = await answer;
    if (layer !== null) layers.set(host, layer);
    if (without.size > 0) missing.set(host, without);
  }
  return { layers, missing };
};

interface SetOutcome {
  readonly layer: SoftwareLayer | null;
  readonly missing: ReadonlyMap<string, MissingSoftware>;
}

const provideSet = async (names: readonly string[], options: SoftwareOptions): Promise<SetOutcome> => {
  const { machine, hosts } = options.releases;
  if (machine === null || machine !== hosts)
    return allMissing(names, `hosts are of ${hosts ?? 'no Debian'}, this machine has packages of ${machine ?? 'none'}`);
  const { index, problem, fresh } = await currentIndex(options);
  if (index === null) return allMissing(names, `the package sources do not answer: ${problem ?? ''}`);
  const first = await tryIndex(names, index, options);
  if (first.failure === null || fresh) return first;
  // What the sources had yesterday may have gone since.
  options.notice(`software: ${first.failure}; asking the package sources again`);
  await refreshIndex(options.cache, options.run, options.nowMs());
  const newer = await readIndex(options.cache, options.run);
  return newer === null ? first : tryIndex(names, newer, options);
};

const currentIndex = async ({
  cache,
  run,
  nowMs,
  notice,
}: SoftwareOptions): Promise<{ index: PackageIndex | null; problem: string | null; fresh: boolean }> => {
  const known = await readIndex(cache, run);
  if (known !== null && nowMs() - known.madeAt < indexLifeMs) return { index: known, problem: null, fresh: false };
  notice('software: asking the package sources of this machine what they have');
  const problem = await refreshIndex(cache, run, nowMs());
  if (problem !== null && known !== null) notice(`software: they do not answer (${problem}); going by what they had`);
  return { index: problem === null ? await readIndex(cache, run) : known, problem, fresh: true };
};

/** `failure` is why packages that there are did not come, which another index may mend. */
const tryIndex = async (
  names: readonly string[],
  index: PackageIndex,
  options: SoftwareOptions,
): Promise<SetOutcome & { readonly failure: string | null }> => {
  const { packages, missing } = await resolveAll(names, index, options);
  if (packages.length === 0) return { layer: null, missing, failure: null };
  const absent = await missingPackages(options.cache, packages);
  if (absent.length > 0) {
    const megabytes = (absent.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1);
    options.notice(`software: fetching ${plural(absent.length, 'package')} (${megabytes} MB) for ${names.join(', ')}`);
  }
  const failure = await unpackPackages(options.cache, absent, index, options.run);
  if (failure === null) return { layer: await composeLayer(options.cache, packages), missing, failure };
  const had = names.filter((name) => !missing.has(name));
  const all = new Map([...missing, ...allMissing(had, `it could not be fetched: ${failure}`).missing]);
  return { layer: null, missing: all, failure };
};

const resolveAll = async (
  names: readonly string[],
  index: PackageIndex,
  { notice }: SoftwareOptions,
): Promise<{ readonly packages: readonly DebianPackage[]; readonly missing: SetOutcome['missing'] }> => {
  const together = await resolvePackages(index, names);
  if (together.ok) return { packages: together.packages, missing: new Map() };
  const good: string[] = [];
  const missing = new Map<string, MissingSoftware>();
  for (const name of names) {
    const real = await realPackage(index, name);
    if (real !== name) notice(`software: ${name} is provided by several packages; taking ${real}`);
    const alone = await resolvePackages(index, [real]);
    if (alone.ok) good.push(real);
    else missing.set(name, missingBecause(name, alone.reason));
  }
  const rest = good.length === 0 ? null : await resolvePackages(index, good);
  if (rest === null) return { packages: [], missing };
  if (rest.ok) return { packages: rest.packages, missing };
  return { packages: [], missing: allMissing(names, rest.reason).missing };
};

const allMissing = (names: readonly string[], reason: string): SetOutcome => ({
  layer: null,
  missing: new Map(names.map((name) => [name, missingBecause(name, reason)])),
});

const missingBecause = (name: string, reason: string): MissingSoftware => ({
  reason,
  fix: `see what the package sources of this machine say: apt-cache policy ${name}`,
});
