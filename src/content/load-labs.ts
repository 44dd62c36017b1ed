import type { Indicator } from '../model/manifest.ts';
import type { Directory } from '../model/directory.ts';
import type { Provider } from '../model/provider.ts';
import type { Topology } from '../model/topology.ts';
import { indexUnique, type Collector } from './collect.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';
import { parseDirectory } from './topology/directory.ts';
import { parseIndicators } from './topology/indicators.ts';
import { parseTopology } from './topology/parse-topology.ts';
import { parseProviders } from './topology/providers.ts';

export interface LoadedLabs {
  readonly topologies: ReadonlyMap<string, Topology>;
  readonly indicators: readonly Indicator[];
  /** Null when there is none, or when it did not load. */
  readonly directory: Directory | null;
}

/** `lab/data` and `lab/topologies`. */
export const loadLabs = (files: readonly SourceFile[], collector: Collector): LoadedLabs => {
  const named = (name: string): SourceFile[] => files.filter(({ file }) => file === name);
  const providerFile = named('lab/data/autonomous-systems.yaml')[0];
  const providers: ReadonlyMap<string, Provider> | null =
    providerFile === undefined
      ? new Map()
      : collector.take(providerFile, parseProviders(providerFile.file, providerFile.text));
  const indicators = named('lab/data/indicators.yaml').flatMap(
    (source) => collector.take(source, parseIndicators(source.file, source.text)) ?? [],
  );
  const [directory = null] = named('lab/data/directory.yaml').map((source) =>
    collector.take(source, parseDirectory(source.file, source.text)),
  );
  const topologies = files
    .filter(({ file }) => /^lab\/topologies\/[^/]+\.yaml$/.test(file))
    .flatMap((source) => collector.take(source, parseTopology(source.file, source.text, providers)) ?? []);
  return {
    directory,
    indicators,
    topologies: indexUnique(
      topologies,
      ({ name }) => name,
      ({ name, place }, first) => {
        const source = { file: place.file, text: collector.sources.get(place.file) ?? '' };
        const message = `topology "${name}" is ${first.place.file} already`;
        collector.report(source, [diagnose(source.text, { code: 'topology/duplicate-name', message, place })]);
      },
    ),
  };
};
