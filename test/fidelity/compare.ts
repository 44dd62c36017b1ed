import type { TableSpec } from '../../src/telemetry/table-spec.ts';
import { fits, formOf } from './formats.ts';
import type { RealRecords } from './real-records.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface FieldResult {
  readonly field: string;
  /** `same`: filled, in a form that real records have; `null`: declared, with a reason; anything else is wrong. */
  readonly verdict: 'same' | 'null' | 'empty' | 'other form' | 'not in the schema';
  /** The reason, or what was wanted and got. */
  readonly detail: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Why a column is always null, or null when it is not. */
const nullReason = ({ branches }: TableSpec, field: string): string | null => {
  const columns = branches.map(({ columns: own }) => own.get(field));
  const reasons = columns.flatMap((column) => (column?.kind === 'null' ? [column.because] : []));
  return reasons.length === columns.length ? (reasons[0] ?? null) : null;
};

const valuesOf = (rows: readonly Row[], field: string): string[] =>
  rows.flatMap((row) => (row[field] === undefined || row[field] === null ? [] : [text(row[field])]));

/** Field by field: what real records fill, and what the same id holds here. */
export const compareWithReal = (spec: TableSpec, rows: readonly Row[], real: RealRecords): FieldResult[] =>
  [...real.fields]
    .filter(([, { filled }]) => filled > 0)
    .map(([field, { forms, empty }]): FieldResult => {
      if (!spec.info.columns.some(({ name }) => name === field))
        return { field, verdict: 'not in the schema', detail: 'real records have it' };
      const because = nullReason(spec, field);
      if (because !== null) return { field, verdict: 'null', detail: because };
      const values = valuesOf(rows, field);
      if (values.length === 0) return { field, verdict: 'empty', detail: 'real records fill it' };
      const ours = new Set(values.map(formOf));
      const wrong = [...ours].filter((form) => !fits(form, forms, empty > 0));
      return wrong.length === 0
        ? { field, verdict: 'same', detail: [...ours].sort().join(', ') }
        : {
            field,
            verdict: 'other form',
            detail: `${wrong.join(', ')}; real records: ${[...forms].sort().join(', ')}`,
          };
    });

/** Without real records: every column of the schema is filled, or null for a reason. */
export const compareWithSchema = (spec: TableSpec, rows: readonly Row[]): FieldResult[] =>
  spec.info.columns.map(({ name: field }): FieldResult => {
    const because = nullReason(spec, field);
    if (because !== null) return { field, verdict: 'null', detail: because };
    const values = valuesOf(rows, field);
    return values.length === 0
      ? { field, verdict: 'empty', detail: 'no row fills it' }
      : { field, verdict: 'same', detail: [...new Set(values.map(formOf))].sort().join(', ') };
  });
