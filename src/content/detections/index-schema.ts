import { z } from 'zod';
import { duration, identifier, technique } from '../fields.ts';

const entrySchema = z.strictObject({
  /** Relative to the index. */
  file: z.string().min(1),
  title: z.string().min(1),
  platform: z.enum(['sentinel', 'defender', 'sumo']),
  severity: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  techniques: z.array(technique).min(1),
  origin: z.enum(['published', 'maintained']),
  schedule: z.strictObject({
    frequency: duration,
    period: duration,
    threshold: z.int().nonnegative().default(0),
  }),
});

/** `index.yaml`: metadata of query files that carry none, by detection id. */
export const detectionIndexSchema = z.record(identifier, entrySchema);

export type IndexEntry = z.output<typeof entrySchema>;
