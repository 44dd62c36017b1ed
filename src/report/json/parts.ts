import { isAbsolute, win32 } from 'node:path';
import { z } from 'zod';

export const count = z.int().nonnegative();
export const textMap = z.record(z.string(), z.string());
export const isoTime = z.iso.datetime();

/** A file of the project. A result must mean the same on every machine. */
export const projectFile = z
  .string()
  .refine((file) => !isAbsolute(file) && !win32.isAbsolute(file), 'an absolute path')
  .refine((file) => !file.includes('\\'), 'a path with backslashes');

export const place = z.strictObject({
  file: projectFile,
  line: z.int().positive(),
  column: z.int().positive(),
  endLine: z.int().positive().exactOptional(),
  endColumn: z.int().positive().exactOptional(),
});

export const diagnostic = z.strictObject({
  code: z.templateLiteral([z.string(), '/', z.string()]),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  place: place.exactOptional(),
  excerpt: z.string().exactOptional(),
  hint: z.string().exactOptional(),
});

export const mark = z.enum([
  'emulated-persona',
  'emulated-product',
  'compressed-clock',
  'dropped-packets',
  'declared-zone',
  'synthetic-log-source',
  'extra-columns',
  'always-null-column',
  'undocumented-behavior',
]);

export const loss = z.strictObject({
  source: z.string(),
  host: z.string().nullable(),
  kind: z.enum(['unparsed', 'truncated', 'dropped', 'unsupported', 'unlinked']),
  count,
  detail: z.string(),
});

export const cleanup = z.strictObject({ verdict: z.enum(['clean', 'dirty']), left: z.array(z.string()) });
