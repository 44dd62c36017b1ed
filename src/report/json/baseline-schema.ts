import { z } from 'zod';
import type { Baseline } from '../../model/baseline.ts';
import { count, textMap } from './parts.ts';

/** `reports/baseline.json`. Unknown keys are errors. */
export const baselineSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('baseline'),
  scenarios: z.record(
    z.string(),
    z.strictObject({
      runId: z.string(),
      driver: z.string(),
      attack: z.string(),
      environment: textMap,
      results: z.record(
        z.string(),
        z.strictObject({
          technique: z.string(),
          variant: z.string(),
          command: z.string(),
          executed: z.string(),
          signals: z.record(
            z.string(),
            z.strictObject({ verdict: z.enum(['seen', 'absent', 'unobservable']), rows: count }),
          ),
          detections: z.record(
            z.string(),
            z.strictObject({
              verdict: z.enum(['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error']),
              fired: count,
              tried: count,
              hash: z.string().regex(/^[0-9a-f]{64}$/),
            }),
          ),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<Baseline>;
