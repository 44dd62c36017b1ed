import { z } from 'zod';

const file = z.string().min(1).describe('A file, from the folder of this one.');

const rows = z.union([file, z.array(z.record(z.string(), z.unknown()))]).describe('A file, or rows that stand here.');

const text = z.strictObject({ text: z.string() });

/** What queries find in the place of a workspace's functions and lists and of a service's knowledge. */
export const environmentSchema = z.strictObject({
  functions: z
    .array(z.union([file, text]))
    .default([])
    .describe('Saved functions: KQL let statements, or a parser’s YAML; a file, or `text: let …`.'),
  watchlists: z.record(z.string(), rows).default({}).describe('Alias → what _GetWatchlist gives.'),
  tables: z.record(z.string(), rows).default({}).describe('Table → its rows.'),
  file_profile: rows.optional().describe('What FileProfile knows of files, by SHA1, SHA256 or MD5.'),
  geo: rows.optional().describe('What geo_info_from_ip_address knows of addresses, by `network`.'),
  externaldata: z
    .record(z.string(), z.union([rows, text]))
    .default({})
    .describe('Address → what would be there: a file or text, read as the query says, or rows.'),
});

export type EnvironmentFile = z.output<typeof environmentSchema>;

export type EnvironmentInput = z.input<typeof environmentSchema>;
