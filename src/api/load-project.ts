import type { Content } from '../content/content.ts';
import { loadContent } from '../content/load-content.ts';
import { eventSchemaNames, loadCatalog, loadEventSchema } from '../telemetry/catalog.ts';

/** Content checked against every table that a signal may name. `scenarios`: ids or files; all when null. */
export const loadProject = (root: string, scenarios: readonly string[] | null): Promise<Content> =>
  loadContent(root, {
    ...(scenarios === null ? {} : { scenarios }),
    tables: [...loadCatalog(['sentinel', 'defender']), ...eventSchemaNames().map(loadEventSchema)],
  });
