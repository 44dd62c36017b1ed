import { z } from 'zod';
import { duration } from '../fields.ts';

const windowsProgram = z
  .string()
  .regex(/^C:\\(?:[^\\/:*?"<>|]+\\)+[^\\/:*?"<>|]+\.(?:exe|EXE)$/, 'a program: C:\\…\\name.exe');

/** `benign/*.yaml`: a product at the pace that its maker documents. */
export const activitySchema = z.strictObject({
  name: z.string().min(1).describe('What it does, in one sentence.'),
  guid: z.guid().transform((guid) => guid.toLowerCase()),
  kind: z.string().min(1).describe('The kind of false positive it stands for: software updater, monitoring agent …'),
  description: z.string().default(''),
  program: windowsProgram.describe("The product's own program, where its installer puts it."),
  arguments: z.string().default('').describe('What its command line says after the name.'),
  started_by: windowsProgram.optional().describe('A program that starts it once for each poll; else it stays.'),
  polls: z.strictObject({
    url: z.url({ protocol: /^http$/ }).describe('Plain HTTP, whatever its port.'),
    every: duration,
    connection: z.enum(['new', 'kept']).describe('A connection for each poll, or one that is used again.'),
  }),
  documented: z.strictObject({
    pace: z.string().min(1).describe('What the maker says of it, in your words.'),
    source: z.url().describe('Where.'),
    assumed: z.string().min(1).optional().describe('What the maker does not say, and is taken here.'),
  }),
});
