import { z } from 'zod';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { levels, type SigmaMeta } from './rule.ts';

const texts = z
  .union([z.string(), z.array(z.union([z.string(), z.number(), z.null()]))])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []));

// Numbers and dates without quotes are texts to Sigma.
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));

/** Keys that every kind of Sigma document may have. Others are allowed: the specification lets people add their own. */
export const metaSchema = z.looseObject({
  title: z.string().min(1),
  id: text,
  name: text,
  status: text,
  level: z
    .enum(levels)
    .nullish()
    .transform((value) => value ?? null),
  tags: texts,
  description: text,
  author: text,
  references: texts,
  falsepositives: texts,
});

export const metaOf = (yaml: YamlFile<z.output<typeof metaSchema>>, ordinal: number): SigmaMeta => {
  const { value } = yaml;
  return {
    id: value.id?.toLowerCase() ?? `${yaml.source.file}#${ordinal}`,
    name: value.name,
    title: value.title,
    status: value.status,
    level: value.level,
    tags: value.tags.map((tag) => tag.toLowerCase()),
    description: value.description,
    author: value.author,
    references: value.references,
    falsepositives: value.falsepositives,
    place: yaml.place(['title']),
  };
};
