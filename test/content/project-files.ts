import { readFiles } from '../../src/content/read-files.ts';
import { eventSchemaNames, loadCatalog, loadEventSchema } from '../../src/telemetry/catalog.ts';
import type { SourceFile } from '../../src/util/source-file.ts';

/** The project's own content: the good project that bad files are put into. */
export const readProjectFiles = async (): Promise<readonly SourceFile[]> =>
  (
    await Promise.all(
      ['atomics', 'benign', 'detections', 'lab/data', 'lab/topologies', 'playbooks', 'scenarios'].map((folder) =>
        readFiles('.', folder, (path) => /\.(ya?ml|kql|sumo)$/.test(path)),
      ),
    )
  ).flat();

/** The tables that signals of the project may name. */
export const knownTables = [...loadCatalog(['sentinel', 'defender']), ...eventSchemaNames().map(loadEventSchema)];

export interface Fixture {
  readonly name: string;
  readonly source: SourceFile;
}

export const invalidFolder = 'test/fixtures/content/invalid';

/** Each stands where its first line says: `# at: scenarios/bad.yaml`. */
export const readInvalidFixtures = async (): Promise<readonly Fixture[]> =>
  (await readFiles('.', invalidFolder, () => true)).map(({ file, text }) => ({
    name: file.slice(invalidFolder.length + 1).replace(/\.\w+$/, ''),
    source: { file: /at: (\S+)/.exec(text)?.[1] ?? file, text },
  }));
