import { z } from 'zod';
import { durationHint, durationPattern, parseDuration } from './durations.ts';
import type { CustomIssue } from '../util/yaml/describe-issue.ts';

/** Adds a complaint with a code and a hint of its own. */
export const complain = (ctx: z.RefinementCtx, message: string, params: CustomIssue): void =>
  ctx.addIssue({ code: 'custom', message, params: { ...params } });

/** `5m` → 300. */
export const duration = z
  .string()
  .meta({ pattern: durationPattern, description: 'A number and a unit: 500ms, 5s, 2m, 1h, 14d; or ISO 8601, PT1H.' })
  .transform((text, ctx) => {
    const seconds = parseDuration(text);
    if (seconds !== null) return seconds;
    complain(ctx, `"${text}" is no duration`, { code: 'schema/wrong-duration', hint: durationHint });
    return z.NEVER;
  });

export const technique = z.string().regex(/^T\d{4}(\.\d{3})?$/, 'an ATT&CK technique, T1234 or T1234.001');

/** Name of a Debian package (Debian Policy 5.6.1). */
export const packageName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9+.-]+$/, 'the name of a Debian package: lower-case letters, digits, + - and dots');

/** Names that people refer to. */
export const identifier = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots and dashes');
