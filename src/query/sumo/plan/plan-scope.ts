import type { TableInfo } from '../../../model/table.ts';
import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { FilterStage, TableStage } from '../../plan/stage.ts';
import type { ScopeExpr } from '../syntax/ast.ts';
import { recordTable } from '../record-tables.ts';
import { findColumn, reference, type Flow } from './flow.ts';
import { call, literal, test, withParameters } from './plan-expr.ts';
import { planField } from './plan-field.ts';
import { planSubquery } from './plan-subquery.ts';
import type { Planning } from './planning.ts';
import { rangeEnd, rangeStart } from './time-range.ts';

/** Where messages go that no partition takes, and what a search without `_index` reads here. */
export const defaultIndex = 'sumologic_default';

/** Every message has these. */
const messageColumns: TableInfo['columns'] = [
  { name: '_messagetime', type: 'long' },
  { name: '_receipttime', type: 'long' },
  { name: '_raw', type: 'string' },
  ...['_sourceCategory', '_sourceHost', '_sourceName', '_source', '_collector', '_messageid', '_format'].map(
    (name) => ({ name, type: 'string' as const }),
  ),
];

const isIndex = (part: ScopeExpr): part is ScopeExpr & { kind: 'metadata' } =>
  part.kind === 'metadata' && /^_(index|view)$/i.test(part.field) && part.operator === '=';

const conjuncts = (scope: ScopeExpr | null): readonly ScopeExpr[] =>
  scope === null ? [] : scope.kind === 'and' ? scope.parts.flatMap(conjuncts) : [scope];

interface Source {
  readonly table: string;
  readonly info: TableInfo;
  readonly open: boolean;
}

/** The table that a part of the query gave, where that part had to be run first. */
const settled = (planning: Planning, parts: readonly ScopeExpr[]): TableInfo | undefined => {
  const [only] = parts;
  return only?.kind === 'keyword' && only.text.startsWith('__settled_') ? planning.tables.get(only.text) : undefined;
};

const sourceOf = (planning: Planning, parts: readonly ScopeExpr[]): Source => {
  const made = settled(planning, parts);
  if (made !== undefined) return { table: made.name, info: made, open: true };
  const index = parts.find(isIndex);
  const wanted = index === undefined ? defaultIndex : index.value;
  const known =
    planning.tables.get(wanted) ??
    [...planning.tables.values()].find(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ??
    recordTable(wanted);
  if (known !== undefined) return { table: known.name, info: known, open: index === undefined };
  if (index !== undefined && !/[*{]/.test(wanted)) {
    planning.report({ code: 'sumo/unknown-table', span: index.span, message: `No index or view is called ${wanted}.` });
  } else if (index !== undefined) {
    planning.unsupported(index.span, 'several indexes at once');
  }
  return { table: defaultIndex, info: { name: defaultIndex, columns: messageColumns }, open: true };
};

/** When a row happened, in milliseconds; null where no column says so. */
export const timeOf = (planning: Planning, stage: TableStage): Expr | null => {
  const span = stage.source?.span ?? { start: 0, end: 0 };
  for (const name of ['_messagetime', '_time', 'timestamp', '@timestamp', 'time']) {
    const column = findColumn(stage.output, name, planning.dialect);
    if (column === undefined) continue;
    const field = reference(column, span);
    if (column.type === 'datetime') return call('sumo:millis', [field], 'long', span);
    if (column.type === 'long' || column.type === 'int') return field;
  }
  return null;
};

const older = (time: Expr, millis: number, span: Span): Expr =>
  call('sumo:+', [time, literal('long', String(millis), span)], 'long', span);

/** Only messages of the time range. */
const withinRange = (planning: Planning, time: Expr, span: Span): readonly Expr[] => [
  test(planning, '>=', [time, rangeStart(planning, span)], span),
  test(planning, '<', [time, rangeEnd(span)], span),
];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A word of the message, whatever its case: a word stands between characters that are of no word, `*` for any of a word. */
const keywordPattern = (text: string, quoted: boolean): string => {
  const wildcards = text.split('*').map(escaped);
  if (quoted) return `(?i)${wildcards.join('.*')}`;
  const word = '[A-Za-z0-9_]';
  const edge = (char: string): boolean => /\w/.test(char);
  const start = edge(text.charAt(0)) ? `(?:^|[^A-Za-z0-9_])` : '';
  const end = edge(text.charAt(text.length - 1)) ? `(?:$|[^A-Za-z0-9_])` : '';
  return `(?i)${start}${wildcards.join(`${word}*`)}${end}`;
};

const planKeyword = (planning: Planning, part: ScopeExpr & { kind: 'keyword' }, flow: Flow): Expr | null => {
  const text = withParameters(planning, part.text);
  if (/^\**$/.test(text)) return null;
  const raw = findColumn(flow.stage.output, '_raw', planning.dialect);
  if (raw === undefined) {
    planning.unsupported(part.span, `a keyword where messages have no text (_raw)`);
    return null;
  }
  const pattern = literal('string', keywordPattern(text, part.quoted), part.span);
  return call('sumo:found', [reference(raw, part.span), pattern], 'bool', part.span);
};

const planMetadata = (planning: Planning, part: ScopeExpr & { kind: 'metadata' }, flow: Flow): Expr | null => {
  const { span, operator } = part;
  const value = withParameters(planning, part.value);
  if (/^\*+$/.test(value) && operator === '=') return null;
  const field = planField(planning, part.field, span, flow);
  if (operator !== '=' && operator !== '!=') {
    const number = Number(value);
    const right = Number.isNaN(number) ? literal('string', value, span) : literal('real', value, span);
    return test(planning, operator, [field, right], span);
  }
  const lower = call('sumo:lower', [field], 'string', span);
  const matches = test(planning, 'like', [lower, literal('string', value.toLowerCase(), span)], span);
  return operator === '=' ? matches : call('sumo:not', [matches], 'bool', span);
};

/** Null where a part asks for nothing: `*`. */
const planPart = (planning: Planning, part: ScopeExpr, flow: Flow): Expr | null => {
  switch (part.kind) {
    case 'keyword':
      return planKeyword(planning, part, flow);
    case 'metadata':
      return planMetadata(planning, part, flow);
    case 'subquery':
      return planSubquery(planning, part, flow, 'scope');
    case 'not': {
      const inner = planPart(planning, part.part, flow);
      return inner === null ? literal('bool', false, part.span) : call('sumo:not', [inner], 'bool', part.span);
    }
    case 'and': {
      const inner = part.parts.flatMap((each) => planPart(planning, each, flow) ?? []);
      return inner.length === 0 ? null : call('sumo:and', inner, 'bool', part.span);
    }
    case 'or': {
      const inner = part.parts.map((each) => planPart(planning, each, flow));
      return inner.includes(null)
        ? null
        : call(
            'sumo:or',
            inner.filter((each) => each !== null),
            'bool',
            part.span,
          );
    }
  }
};

/** Which messages: those of an index, and of them those that the words before the first pipe ask for. */
export const planScope = (planning: Planning, scope: ScopeExpr | null, shiftMillis: number | null = null): Flow => {
  const parts = conjuncts(scope);
  const { table, info, open } = sourceOf(planning, parts);
  const span = scope?.span ?? { start: 0, end: 0 };
  const stage = planning.add<TableStage>({
    kind: 'table',
    source: { operator: 'scope', span: parts.find(isIndex)?.span ?? span },
    table,
    nullText: true,
    output: info.columns.map(({ name, type }) => planning.column(name, type)),
  });
  const made = settled(planning, parts) !== undefined;
  // What an aggregate gave has no times, whatever its columns are called.
  const own = made && findColumn(stage.output, '_messagetime', planning.dialect) === undefined;
  const given = own ? null : timeOf(planning, stage);
  const time = given !== null && shiftMillis !== null && shiftMillis > 0 ? older(given, shiftMillis, span) : given;
  const flow: Flow = {
    stage,
    time,
    auto: null,
    slice: null,
    keys: null,
    open,
    sorted: made,
    matched: [],
    withTime: new Map(),
  };
  const wanted = made ? [] : parts.filter((part) => !isIndex(part));
  const asked = wanted.flatMap((part) => {
    const expr = planPart(planning, part, flow);
    return expr === null ? [] : [{ expr, span: part.span }];
  });
  const range = time === null || shiftMillis === null ? [] : withinRange(planning, time, span);
  const tests = [...range.map((expr) => ({ expr, span })), ...asked];
  if (tests.length === 0) return flow;
  const filter = planning.add<FilterStage>({
    kind: 'filter',
    source: { operator: 'scope', span },
    input: stage.id,
    conjuncts: [],
    output: stage.output,
  });
  const numbered = tests.map((each, index) => ({ id: `${filter.id}/${index + 1}`, ...each }));
  return { ...flow, stage: planning.replace({ ...filter, conjuncts: numbered }) };
};
