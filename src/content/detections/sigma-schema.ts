import { z } from 'zod';

const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;

/**
 * What lists and schedules need of a Sigma document. Everything else is the Sigma engine's, which checks the whole rule when
 * it compiles it.
 */
export const sigmaMetaSchema = z.looseObject({
  title: z.string().min(1),
  id: z.string().nullish(),
  level: z
    .enum(severities)
    .nullish()
    .transform((level) => level ?? 'medium'),
  tags: z
    .array(z.string())
    .nullish()
    .transform((tags) => tags ?? []),
});

export const sigmaRuleSchema = sigmaMetaSchema.extend({
  logsource: z.looseObject({}),
  detection: z.looseObject({ condition: z.unknown() }),
});

/** A correlation is over the rules that it names. */
export const correlationSchema = sigmaMetaSchema.extend({
  correlation: z.looseObject({
    type: z.string(),
    rules: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
    /** Whether those rules alert by themselves as well. */
    generate: z.boolean().nullish(),
  }),
});

/** `attack.t1059.001` → `T1059.001`. */
export const techniquesOfTags = (tags: readonly string[]): readonly string[] => [
  ...new Set(tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? [])),
];
