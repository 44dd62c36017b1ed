import { z } from 'zod';
import { playbookFields, type PlaybookField } from '../../model/playbook.ts';
import type { RunResult } from '../../model/run-result.ts';
import { cleanup, count, diagnostic, isoTime, loss, mark, projectFile, textMap } from './parts.ts';
import { detectionResult, signalResult } from './verdict-schema.ts';

const executed = z.strictObject({
  status: z.enum(['executed', 'not-run']),
  reason: z.string(),
  detail: z.string(),
  exitCode: z.int().nullable(),
  startedAt: isoTime.nullable(),
  finishedAt: isoTime.nullable(),
  stdout: z.string(),
  stderr: z.string(),
});

const result = z.strictObject({
  key: z.string(),
  technique: z.string(),
  atomic: z.strictObject({
    guid: z.string(),
    number: count,
    name: z.string(),
    file: projectFile,
    executor: z.string().exactOptional(),
  }),
  variant: z.string(),
  description: z.string(),
  scope: z.enum(['atomic', 'scenario', 'benign', 'background']),
  hosts: textMap,
  persona: z.enum(['linux', 'windows']),
  command: z.string(),
  inputs: textMap,
  executed,
  signals: z.array(signalResult),
  detections: z.array(detectionResult),
  cleanup,
  timeline: z.array(
    z.strictObject({
      time: isoTime,
      signal: z.string().nullable(),
      action: z.string(),
      summary: z.string(),
      host: z.string(),
    }),
  ),
  marks: z.array(mark),
});

const coverage = z.strictObject({
  technique: z.string(),
  name: z.string(),
  status: z.enum(['detected', 'partial', 'telemetry-only', 'blind', 'noisy', 'untested']),
  fired: count,
  tried: count,
  inferential: z.boolean(),
});

const residue = z.strictObject({
  kind: z.enum(['process', 'mount', 'folder', 'container', 'image', 'network']),
  name: z.string(),
  detail: z.string(),
});

const playbook = z.strictObject({
  technique: z.string(),
  name: z.string(),
  file: projectFile,
  sections: z.array(
    z.strictObject({
      field: z.enum(Object.keys(playbookFields) as [PlaybookField, ...PlaybookField[]]),
      items: z.array(z.strictObject({ text: z.string(), detections: z.array(z.string()) })),
    }),
  ),
});

/** `run.json`. Unknown keys are errors; the two declarations, this and the model's, hold each other to one shape. */
export const runSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  scenario: z.strictObject({ id: z.string(), name: z.string(), file: projectFile, description: z.string() }),
  driver: z.string(),
  environment: textMap,
  attack: z.strictObject({ version: z.string() }),
  startedAt: isoTime,
  finishedAt: isoTime,
  exitCode: z.int(),
  notLoaded: z.array(diagnostic),
  losses: z.array(loss),
  results: z.array(result),
  coverage: z.array(coverage),
  residue: z.array(residue),
  playbooks: z.array(playbook).exactOptional(),
  sources: z.record(projectFile, z.string()),
}) satisfies z.ZodType<RunResult>;

/** For editors and other programs. */
export const runJsonSchema = (): unknown => z.toJSONSchema(runSchema, { io: 'input', unrepresentable: 'any' });
