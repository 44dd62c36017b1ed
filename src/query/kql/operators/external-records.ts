import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ProjectStage, Stage } from '../../plan/stage.ts';
import type { ScalarType } from '../../../model/table.ts';
import type { BoundColumn, Node } from '../kusto.ts';
import { refuse } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { referenceTo } from './project-columns.ts';

/** Formats whose records are cells in a row, with what stands between them. */
const separators: Readonly<Record<string, string>> = {
  csv: ',',
  tsv: '\t',
  tsve: '\t',
  psv: '|',
  scsv: ';',
  sohsv: '\u0001',
};
const texts: ReadonlySet<string> = new Set(['txt', 'raw']);
const objects: ReadonlySet<string> = new Set(['json', 'multijson', 'singlejson']);

/** The query's word for it, else the address's extension, else CSV. */
export const formatOf = (word: string | undefined, address: string): string => {
  if (word !== undefined) return word.toLowerCase();
  const extension = /\.([a-z]+)(?:\.gz)?(?:[?#]|$)/i.exec(address)?.[1]?.toLowerCase() ?? '';
  return extension in separators || texts.has(extension) || objects.has(extension) ? extension : 'csv';
};

interface Reading {
  readonly line: Column;
  readonly declared: readonly BoundColumn[];
  readonly format: string;
  /** `ingestionMapping`, as JSON. */
  readonly mapping: string | undefined;
}

/** The declared columns from records as they stand in their file: cells by position, properties by name or as the mapping says. */
export const readRecords = (
  planning: Planning,
  node: Node,
  scope: Scope,
  input: Stage,
  { line, declared, format, mapping }: Reading,
): Stage => {
  const span = spanOf(node, scope);
  const text = referenceTo(line, node, scope);
  const call = (fn: string, type: ScalarType, ...args: readonly Expr[]): Expr => ({
    kind: 'call',
    fn,
    args,
    type,
    span,
  });
  const word = (value: string): Expr => ({ kind: 'literal', type: 'string', value, span });
  const whole = (value: number): Expr => ({ kind: 'literal', type: 'long', value: String(value), span });
  const separator = separators[format];
  const mapped = mapping === undefined ? new Map<string, readonly (string | number)[]>() : parseMapping(mapping);
  if (mapped === null || (separator === undefined && !texts.has(format) && !objects.has(format))) {
    refuse(planning, node, scope, mapped === null ? 'this ingestionMapping' : `externaldata of the format ${format}`);
  }
  const record =
    separator === undefined
      ? call('todynamic', 'dynamic', text)
      : call('split_record', 'dynamic', text, word(separator));
  const valueOf = ({ name, type }: BoundColumn, index: number): Expr => {
    if (texts.has(format)) return index === 0 ? text : { kind: 'literal', type: 'string', value: '', span };
    const path = mapped?.get(name) ?? [separator === undefined ? name : index];
    const steps = path.map((step) => (typeof step === 'number' ? whole(step) : word(step)));
    const value = call('element', 'dynamic', record, ...steps);
    // A cell is text, and an object in it JSON.
    return separator !== undefined && type === 'dynamic' ? call('tostring', 'string', value) : value;
  };
  const computed = declared.map((column, index): Computed => {
    const value = valueOf(column, index);
    const converted = column.type === value.type ? value : call(`to${column.type}`, column.type, value);
    return { column: planning.column(column.name, column.type), expr: converted };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: null,
    input: input.id,
    computed,
    output: computed.map(({ column }) => column),
  });
};

/** Column → path in the record; null when it is none that we read. */
const parseMapping = (json: string): ReadonlyMap<string, readonly (string | number)[]> | null => {
  const list = parsed(json);
  if (!Array.isArray(list)) return null;
  const found = new Map<string, readonly (string | number)[]>();
  for (const item of list) {
    const entry = lowered(item);
    const properties = lowered(entry['properties']);
    const path = properties['path'] ?? entry['path'];
    const ordinal = properties['ordinal'] ?? entry['ordinal'];
    const steps =
      typeof path === 'string' ? stepsOf(path) : Number.isInteger(Number(ordinal)) ? [Number(ordinal)] : null;
    if (typeof entry['column'] !== 'string' || steps === null) return null;
    found.set(entry['column'], steps);
  }
  return found;
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

/** Names in a mapping are written in any case. */
const lowered = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]))
    : {};

/** `$.a['b'][0]`; null for a path that asks more. */
const stepsOf = (path: string): readonly (string | number)[] | null => {
  if (!/^\$(?:\.[\w-]+|\['[^']*'\]|\[\d+\])*$/.test(path)) return null;
  return [...path.matchAll(/\.([\w-]+)|\['([^']*)'\]|\[(\d+)\]/g)].map(
    ([, name, quoted, index]) => name ?? quoted ?? Number(index),
  );
};
