import type { LoadedEnvironment } from '../fixtures/load-environment.ts';
import { storeEnvironment } from '../fixtures/store-environment.ts';
import { compileDetection } from '../../judge/detections/compile.ts';
import type { Detection } from '../../model/detection.ts';
import { isError, type Diagnostic } from '../../model/diagnostic.ts';
import { loadLanguages } from '../../query/languages.ts';
import { openEngine } from '../../query/open-engine.ts';
import { loadCatalog } from '../../telemetry/catalog.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { loadTables } from '../../telemetry/load-tables.ts';

export interface CompiledDetections {
  readonly diagnostics: readonly Diagnostic[];
  /** Rules whose log source no table of ours holds: every lab of ours is blind for them. */
  readonly withoutTable: readonly string[];
}

/**
 * What the platforms' own schemas and grammars say of rules, before anything runs. A rule that we maintain has to compile; one that is
 * kept as it was published may be broken, and what we cannot run yet is our fault: both are warnings.
 */
export const compileDetections = async (
  detections: Iterable<Detection>,
  environments: readonly LoadedEnvironment[] = [],
): Promise<CompiledDetections> => {
  const all = [...detections];
  if (all.length === 0) return { diagnostics: [], withoutTable: [] };
  await using database = await openDatabase();
  const catalog = [...loadCatalog(['sentinel', 'defender']), ...loadTables().map(({ info }) => info)];
  // A rule may be judged in any environment of its project: what any of them has is known.
  const stored = await Promise.all(environments.map((one) => storeEnvironment(database, catalog, one)));
  const engine = openEngine({
    database,
    relations: new Map(stored.flatMap(({ relations }) => [...relations])),
    catalog,
    languages: await loadLanguages(),
    functions: environments.flatMap(({ functions }) => functions),
  });
  const found = all.map((detection) => ({ detection, diagnostics: compileDetection(engine, detection).diagnostics }));
  return {
    diagnostics: [
      ...stored.flatMap(({ diagnostics }) => diagnostics),
      ...found.flatMap(({ detection, diagnostics }) =>
        diagnostics.filter((one) => !isWithoutTable(one)).map((one) => weigh(one, detection)),
      ),
    ],
    withoutTable: found
      .filter(({ diagnostics }) => diagnostics.some(isWithoutTable))
      .map(({ detection }) => detection.id),
  };
};

const isWithoutTable = ({ code }: Diagnostic): boolean => code === 'sigma/no-table';

const weigh = (diagnostic: Diagnostic, { origin }: Detection): Diagnostic =>
  isError(diagnostic) && (origin === 'published' || diagnostic.code.includes('/unsupported'))
    ? { ...diagnostic, severity: 'warning' }
    : diagnostic;
