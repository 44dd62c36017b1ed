import { z } from 'zod';
import { count, diagnostic, mark, place, projectFile } from './parts.ts';

const detectionVerdict = z.enum(['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error']);
const signalVerdict = z.enum(['seen', 'absent', 'unobservable']);

const funnelLine = z.strictObject({
  id: z.string(),
  kind: z.enum(['stage', 'conjunct']),
  stage: z.string(),
  clause: z.string(),
  place,
  calledAt: place.exactOptional(),
  rows: count,
  rowsIn: count,
  alone: count.exactOptional(),
  withOthers: count.exactOptional(),
});

const blocker = z.strictObject({
  id: z.string(),
  clause: z.string(),
  place,
  rowsIn: count,
  rowsOut: count,
  summary: z.string(),
  near: z.array(z.strictObject({ column: z.string(), wanted: z.string(), got: z.string(), rows: count })),
});

const reason = z.strictObject({
  summary: z.string(),
  clause: z.string().exactOptional(),
  place: place.exactOptional(),
  blockers: z.array(blocker),
  proved: z.boolean().exactOptional(),
});

export const signalResult = z.strictObject({
  id: z.string(),
  description: z.string(),
  table: z.string(),
  verdict: signalVerdict,
  expected: signalVerdict.nullable(),
  met: z.boolean(),
  want: z.string(),
  got: z.string(),
  rows: count,
  marks: z.array(mark),
});

export const detectionResult = z.strictObject({
  id: z.string(),
  title: z.string(),
  language: z.string(),
  origin: z.enum(['published', 'maintained']),
  file: projectFile,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  verdict: detectionVerdict,
  expected: detectionVerdict.nullable(),
  met: z.boolean(),
  reason: reason.nullable(),
  quieting: z
    .strictObject({
      change: z.string(),
      line: z.int().positive(),
      quiet: z.array(z.string()),
      stillFires: z.array(z.string()),
    })
    .exactOptional(),
  diagnostics: z.array(diagnostic),
  rows: z.array(z.record(z.string(), z.json())),
  laterRows: z.array(z.record(z.string(), z.json())).exactOptional(),
  executions: count,
  phases: z.strictObject({ tried: count, fired: count }),
  funnel: z.array(funnelLine),
  marks: z.array(mark),
});
