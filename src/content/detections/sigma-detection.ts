import type { z } from 'zod';
import type { Detection } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { fileId } from './file-id.ts';
import { hashText } from './hash-text.ts';
import { originOf } from './origin.ts';
import { techniquesOfTags, type sigmaMetaSchema } from './sigma-schema.ts';

type Meta = z.output<typeof sigmaMetaSchema>;

/** A Sigma document as a detection: what it says of itself, its text, and when it is judged. `ordinal` counts the file's documents from 1. */
export const sigmaDetection = (
  { value: yaml, diagnostics }: Extract<Parsed<YamlFile<Meta>>, { ok: true }>,
  ordinal: number,
  judged: Pick<Detection, 'text' | 'schedule'> & { readonly line: number },
): Parsed<DeclaredDetection> => {
  const { title, id, level, tags } = yaml.value;
  const { file } = yaml.source;
  const { text, schedule, line } = judged;
  const detection: Detection = {
    id: id?.toLowerCase() ?? fileId(file, ordinal),
    title,
    language: 'sigma',
    platform: 'sigma',
    severity: level,
    techniques: techniquesOfTags(tags),
    origin: originOf(file),
    schedule,
    text,
    place: { file, line, column: 1 },
    hash: hashText(text),
  };
  return { ok: true, value: { detection, declared: yaml.place([id == null ? 'title' : 'id']) }, diagnostics };
};
