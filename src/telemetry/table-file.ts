import { z } from 'zod';
import type { Mark } from '../model/persona.ts';

const marks: readonly [Mark, ...Mark[]] = [
  'emulated-persona',
  'compressed-clock',
  'declared-zone',
  'synthetic-log-source',
  'extra-columns',
  'always-null-column',
  'undocumented-behavior',
];
const mark = z.enum(marks);

/**
 * An expression over hub columns; or a time that the product shows as text, `shown` being the macro that writes it; or text with
 * places for the row's own time (`renderRecords`), which `shown` fills.
 */
const column = z.union([
  z.string(),
  z.strictObject({ time: z.string(), shown: z.string() }),
  z.strictObject({ text: z.string(), shown: z.string() }),
]);

const empty = z.array(z.strictObject({ because: z.string(), columns: z.array(z.string()).min(1) }));

const columnSet = {
  columns: z.record(z.string(), column).default({}),
  /** Columns that are always null, with the reason. */
  empty: empty.default([]),
};

const branch = z.strictObject({
  /** A list: the rows of those tables, each of which has a `record`, as an event log holds them. */
  from: z.union([z.enum(['events', 'indicators']), z.array(z.string()).min(1)]),
  where: z.string(),
  /** Event actions that feed it, each enough alone, and the persona of the hosts that it is about, and the option of the sensor profile that must be on; none for declared data. */
  needs: z
    .strictObject({
      actions: z.array(z.string()).min(1),
      persona: z.enum(['linux', 'windows']).exactOptional(),
      option: z.string().exactOptional(),
    })
    .nullable(),
  /** Marks of single rows: the condition on hub columns under which a row carries the mark. */
  marks: z.partialRecord(mark, z.string()).default({}),
  include: z.array(z.string()).default([]),
  ...columnSet,
  /** Why every column of the product that is not said is null: for tables with a column for each field of hundreds of events. */
  otherwise: z.string().exactOptional(),
});

const record = z.strictObject({
  provider: z.string(),
  channel: z.string(),
  id: z.int(),
  version: z.int(),
  level: z.int(),
  task: z.int(),
  opcode: z.int(),
  keywords: z.string(),
  /** What it says, in the first line of its message. */
  title: z.string(),
});

/** One file of `tables/`: a product's table and the branches whose rows are its rows. */
export const tableFile = z.strictObject({
  table: z.string(),
  schema: z.union([
    z.strictObject({ catalog: z.enum(['sentinel', 'defender']) }),
    z.strictObject({ event: z.string() }),
  ]),
  /** Marks that every row carries. */
  marks: z.array(mark).default([]),
  /** Marks that rest on single columns. */
  columnMarks: z.record(z.string(), z.array(mark)).default({}),
  /** What an event log says of a record of this table, beside its data: then tables of whole logs have its rows too. */
  record: record.exactOptional(),
  branches: z.array(branch).min(1),
});

/** One file of `tables/shared/`: columns that branches of several tables have in common. */
export const sharedFile = z.strictObject(columnSet);

export type EventRecord = z.output<typeof record>;
export type TableFile = z.output<typeof tableFile>;
export type SharedFile = z.output<typeof sharedFile>;
export type BranchFile = TableFile['branches'][number];
export type ColumnExpression = z.output<typeof column>;
