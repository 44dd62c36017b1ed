import { z } from 'zod';
import { environmentSchema } from '../../content/environment/schema.ts';
import { parseScalarType } from '../data/scalar-type-names.ts';

const column = z.strictObject({
  name: z.string(),
  type: z.string().transform((name, context) => {
    const type = parseScalarType(name);
    if (type !== null) return type;
    context.addIssue({ code: 'custom', message: `${JSON.stringify(name)} is no type` });
    return z.NEVER;
  }),
});

const table = z.union([
  z.array(z.unknown()),
  z.strictObject({ columns: z.array(column).optional(), rows: z.array(z.unknown()) }),
]);

export const batchLineSchema = z.strictObject({
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  language: z.enum(['kql', 'sumo', 'sigma']).default('kql'),
  query: z.string(),
  tables: z.record(z.string(), table).optional(),
  environment: environmentSchema.optional().describe('What the query finds beside tables; rows and texts, no files.'),
  now: z.string().optional(),
});

/** One query of a batch, with the tables that it runs over. */
export type BatchLine = z.infer<typeof batchLineSchema>;

export type BatchId = string | number | null;

export type ParsedLine =
  | { readonly ok: true; readonly line: BatchLine }
  | { readonly ok: false; readonly id: BatchId; readonly code: string; readonly message: string };

/** Exact integers: beyond 2^53 a number becomes a bigint. */
const keepDigits = (_key: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d{1,40}$/.test(source)
    ? BigInt(source)
    : value;

export const parseBatchLine = (text: string): ParsedLine => {
  let value: unknown;
  try {
    value = /\d{16}/.test(text) ? JSON.parse(text, keepDigits as never) : JSON.parse(text);
  } catch (error) {
    return { ok: false, id: null, code: 'batch/not-json', message: (error as Error).message };
  }
  const parsed = batchLineSchema.safeParse(value);
  if (parsed.success) return { ok: true, line: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return { ok: false, id: idOf(value), code: 'batch/invalid', message: `${where}${issue?.message ?? 'invalid'}` };
};

/** The id of a line that is wrong otherwise, so that its answer can be told. */
const idOf = (value: unknown): BatchId => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
};
