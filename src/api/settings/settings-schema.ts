import { z } from 'zod';

/** `tocsin.yaml` in a project's folder: what its people want of every command. Paths are relative to the file. */
export const settingsSchema = z.strictObject({
  scenarios: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('What `tocsin run` drills when no scenario is named: ids or files.'),
  driver: z
    .enum(['namespace', 'docker'])
    .optional()
    .describe('What hosts are made of; the best that answers when absent.'),
  audit: z
    .enum(['trace', 'kernel'])
    .optional()
    .describe('Where audit records of Linux hosts come from; `kernel` needs root of the machine.'),
  reports: z.string().min(1).optional().describe('The folder of runs and their reports.'),
  detections: z
    .array(z.string())
    .optional()
    .describe("Folders or files of detections that are judged beside the scenarios' own."),
  baseline: z.string().min(1).optional().describe('The baseline that runs and replays are compared with.'),
  schema: z
    .string()
    .min(1)
    .optional()
    .describe('Tables that queries may name without data: sentinel, defender, none, or files, with commas between.'),
  timeLimit: z.number().positive().optional().describe('Seconds after which a query is ended.'),
  color: z.enum(['auto', 'always', 'never']).optional().describe('Whether output is colored.'),
});

export type SettingName = keyof z.output<typeof settingsSchema>;

export const settingNames = Object.keys(settingsSchema.shape) as readonly SettingName[];

/** `timeLimit` → `TOCSIN_TIME_LIMIT`. */
export const variableOf = (name: string): string =>
  `TOCSIN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
