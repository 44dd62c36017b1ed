import type { PackageIndex } from './package-index.ts';
import { parsePackageUris, type DebianPackage } from './package-uris.ts';

export type Resolved =
  { readonly ok: true; readonly packages: readonly DebianPackage[] } | { readonly ok: false; readonly reason: string };

/**
 * The packages, and all that they need beyond what every host's root has, as apt would choose them on a machine where nothing
 * is installed: the answer does not depend on this machine.
 */
export const resolvePackages = async (index: PackageIndex, names: readonly string[]): Promise<Resolved> => {
  const { ok, stdout, complaint } = await index.aptGet(['-qq', '-y', '--print-uris', 'install', ...names]);
  if (!ok) return { ok: false, reason: complaint };
  const wanted = new Set(names);
  const packages = parsePackageUris(stdout).filter(({ name }) => wanted.has(name) || !index.base.has(name));
  return { ok: true, packages: packages.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
};

/**
 * The package to take for a name: itself, or the first by name of those that provide it. (apt leaves that choice to people;
 * scripts that ask for `netcat` were written when there was one.)
 */
export const realPackage = async (index: PackageIndex, name: string): Promise<string> => {
  const { stdout } = await index.aptCache(['showpkg', name]);
  const [versions = '', providers = ''] = stdout.split(/^Reverse Provides:.*$/m);
  if (/^Versions:[ \t]*\n\S/m.test(versions)) return name;
  const [first] = providers
    .split('\n')
    .flatMap((line) => /^([a-z0-9][a-z0-9+.-]*) /.exec(line)?.[1] ?? [])
    .sort();
  return first ?? name;
};
