import type { Call, Expr } from '../plan/expr.ts';
import { unixEpoch, type RawColumns } from './raw-columns.ts';

/** Operators that no empty text meets as long as what they look for is not empty: NULL may stand for it. */
const textOperators: ReadonlySet<string> = new Set([
  ...['==', '=~', 'in', 'in~', 'has', 'has_cs', 'contains', 'contains_cs', 'has_any', 'has_all'],
  ...[
    'startswith',
    'startswith_cs',
    'endswith',
    'endswith_cs',
    'hasprefix',
    'hasprefix_cs',
    'hassuffix',
    'hassuffix_cs',
  ],
]);

/** The text column that a call may be made on as it is stored; null when the call needs the empty text. */
export const rawTextOf = ({ fn, args }: Call, raw: RawColumns): string | null => {
  const [text, ...wanted] = args;
  if (!textOperators.has(fn) || text?.kind !== 'column' || raw.get(text.id)?.kind !== 'text') return null;
  const isText = (expr: Expr): boolean => expr.kind === 'literal' && expr.type === 'string' && expr.value !== '';
  return wanted.length > 0 && wanted.every(isText) ? text.id : null;
};

/** Ticks of a moment that the query names or counts from now; null when rows or functions decide it. */
const momentOf = (expr: Expr | undefined, now: bigint): bigint | null => {
  if (expr?.kind === 'literal')
    return expr.type === 'datetime' && typeof expr.value === 'string' ? BigInt(expr.value) : null;
  if (expr?.kind !== 'call') return null;
  if (expr.fn === 'now') return expr.args.length === 0 ? now : null;
  const [from, by] = expr.args;
  if (expr.fn !== '-' || by?.kind !== 'literal' || by.type !== 'timespan' || typeof by.value !== 'string') return null;
  const moment = momentOf(from, now);
  return moment === null ? null : moment - BigInt(by.value);
};

const lastTick = 3_155_378_975_999_999_999n;

/** The microsecond in which a tick lies, counted from 1970. */
const microsOf = (ticks: bigint): bigint => {
  const since = ticks - unixEpoch;
  return since / 10n - (since % 10n < 0n ? 1n : 0n);
};

/** Which microseconds lie on that side of a tick: of the tick's own, its first instant counts, as that is what is stored. */
const compareMoment = (operator: string, raw: string, ticks: bigint): string | null => {
  if (ticks < 0n || ticks > lastTick) return null;
  const isWhole = ticks % 10n === 0n;
  const moment = `make_timestamp(${microsOf(ticks)})`;
  switch (operator) {
    case '>':
      return `(${raw} > ${moment})`;
    case '>=':
      return `(${raw} ${isWhole ? '>=' : '>'} ${moment})`;
    case '<':
      return `(${raw} ${isWhole ? '<' : '<='} ${moment})`;
    case '<=':
      return `(${raw} <= ${moment})`;
    default:
      return null;
  }
};

const mirrored: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };

/** A comparison with a known moment, on the stored one; null when it is something else. */
export const rawMomentCondition = ({ fn, args }: Call, raw: RawColumns, now: bigint): string | null => {
  const rawOf = (expr: Expr | undefined): string | null => {
    const found = expr?.kind === 'column' ? raw.get(expr.id) : undefined;
    return found?.kind === 'moment' ? found.sql : null;
  };
  const [left, right, last] = args;
  const compare = (operator: string | undefined, column: Expr | undefined, moment: Expr | undefined): string | null => {
    const stored = rawOf(column);
    const ticks = stored === null ? null : momentOf(moment, now);
    return operator === undefined || stored === null || ticks === null ? null : compareMoment(operator, stored, ticks);
  };
  if (fn === 'between') {
    const from = compare('>=', left, right);
    const to = compare('<=', left, last);
    return from === null || to === null ? null : `(${from} AND ${to})`;
  }
  return compare(mirrored[fn] === undefined ? undefined : fn, left, right) ?? compare(mirrored[fn], right, left);
};
