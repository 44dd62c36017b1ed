import { z } from 'zod';
import { playbookFields, type PlaybookField } from '../../model/playbook.ts';
import { technique } from '../fields.ts';

const item = z.union([
  z
    .string()
    .min(1)
    .transform((text): { text: string; detections: string[] } => ({ text, detections: [] })),
  z.strictObject({
    text: z.string().min(1),
    detections: z
      .array(z.string())
      .min(1)
      .describe('Detections that answer it: reports show their verdicts beside it.'),
  }),
]);

const sections = Object.fromEntries(
  Object.entries(playbookFields).map(([field, title]) => [field, z.array(item).min(1).describe(`${title}.`)]),
) as unknown as Record<PlaybookField, z.ZodArray<typeof item>>;

/** `playbooks/T1583.yaml`: the analyst's card of one technique, every field of it. */
export const playbookSchema = z.strictObject({
  technique: technique.describe('The name of the file.'),
  name: z.string().min(1),
  ...sections,
});
