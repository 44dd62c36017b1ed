import type { Content } from '../content/content.ts';
import { inReadingOrder } from '../content/create-content.ts';
import { loadForeign } from '../content/load-foreign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/** A project with somebody else's detections beside its own; of two with one id the project's stays, and that is said. */
export const addForeign = async (content: Content, paths: readonly string[], cwd: string): Promise<Content> => {
  if (paths.length === 0) return content;
  const foreign = await Promise.all(paths.map((path) => loadForeign(path, cwd)));
  const detections = new Map(content.detections);
  const twice: Diagnostic[] = [];
  for (const detection of foreign.flatMap((one) => [...one.detections.values()])) {
    const own = detections.get(detection.id);
    if (own === undefined) detections.set(detection.id, detection);
    else twice.push(duplicate(detection.id, detection.place, own.place.file));
  }
  // What of theirs does not load is named, and keeps nobody from judging the rest.
  const found = foreign.flatMap(({ diagnostics }) =>
    diagnostics.map((one) => ({ ...one, severity: 'warning' as const })),
  );
  return {
    ...content,
    detections,
    sources: new Map([...foreign.flatMap(({ sources }) => [...sources]), ...content.sources]),
    diagnostics: [...content.diagnostics, ...found, ...twice].sort(inReadingOrder),
    counts: {
      ...content.counts,
      files: content.counts.files + foreign.reduce((sum, { files }) => sum + files, 0),
      filesNotLoaded: content.counts.filesNotLoaded + foreign.reduce((sum, one) => sum + one.filesNotLoaded, 0),
      detections: detections.size,
    },
  };
};

const duplicate = (id: string, { file, line, column }: Diagnostic['place'] & object, first: string): Diagnostic => ({
  code: 'detection/duplicate-id',
  severity: 'warning',
  message: `"${id}" is a detection of ${first} already, which is the one that is judged`,
  place: { file, line, column },
});
