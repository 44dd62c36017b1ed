import { z } from 'zod';
import { duration, identifier, technique } from '../fields.ts';

const entrySchema = z.strictObject({
  file: z.string().min(1).describe('Relative to the index.'),
  title: z.string().min(1),
  platform: z.enum(['sentinel', 'defender', 'sumo']),
  severity: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  techniques: z.array(technique).min(1),
  origin: z.enum(['published', 'maintained']),
  schedule: z
    .strictObject({
      frequency: duration,
      period: duration,
      threshold: z.int().nonnegative().default(0).describe('It fires when a run gives more rows than this.'),
    })
    .describe('How often its platform runs it, and how far each run looks back.'),
});

/** `index.yaml`: metadata of query files that carry none, by detection id. */
export const detectionIndexSchema = z.record(identifier, entrySchema);

export type IndexEntry = z.output<typeof entrySchema>;
