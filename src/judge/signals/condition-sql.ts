import { assertNever } from '../../model/assert-never.ts';
import type { ColumnInfo } from '../../model/table.ts';
import { sqlName } from '../../telemetry/database.ts';
import { isNumeric, type Comparison, type Condition, type Matcher } from './condition.ts';
import { fragment, joinFragments, type Fragment } from './fragment.ts';
import { likeOf, literalOf, type Pattern } from './pattern.ts';

/** The column's distinct values inside a prefix: DuckDB has no address type without its network extension. */
export type AddressesIn = (column: ColumnInfo, prefix: string) => readonly string[];

const symbols: Readonly<Record<Comparison, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** A condition as SQL over the table's own column names. */
export const conditionSql = (condition: Condition, addressesIn: AddressesIn): Fragment => {
  const parts = condition.matchers.map((matcher) => matcherSql(matcher, condition.column, addressesIn));
  return condition.all ? joinFragments(parts, 'AND', 'TRUE') : joinFragments(parts, 'OR', 'FALSE');
};

const matcherSql = (matcher: Matcher, column: ColumnInfo, addressesIn: AddressesIn): Fragment => {
  const name = sqlName(column.name);
  const text = column.type === 'string' ? name : `CAST(${name} AS VARCHAR)`;
  switch (matcher.kind) {
    case 'null':
      return fragment(`${name} IS NULL`);
    case 'exists':
      return fragment(`${name} IS ${matcher.wanted ? 'NOT ' : ''}NULL`);
    case 'boolean':
      return column.type === 'bool'
        ? fragment(`${name} = ?`, matcher.value)
        : fragment(`lower(${text}) = ?`, String(matcher.value));
    case 'number':
      return isNumeric(column)
        ? fragment(`${name} = ?`, matcher.value)
        : fragment(`${text} = ?`, String(matcher.value));
    case 'pattern':
      return patternSql(matcher.pattern, matcher.cased, text);
    case 'regex':
      return fragment(`regexp_matches(${text}, ?)`, matcher.source);
    case 'compare':
      return comparisonSql(matcher.operator, matcher.value, column, name);
    case 'cidr': {
      const addresses = addressesIn(column, matcher.prefix);
      return joinFragments(
        addresses.map((address) => fragment(`${text} = ?`, address)),
        'OR',
        'FALSE',
      );
    }
    default:
      return assertNever(matcher);
  }
};

const patternSql = (pattern: Pattern, cased: boolean, text: string): Fragment => {
  const [left, right] = cased ? [text, '?'] : [`lower(${text})`, 'lower(?)'];
  const literal = literalOf(pattern);
  return literal === null
    ? fragment(`${left} LIKE ${right} ESCAPE '\\'`, likeOf(pattern))
    : fragment(`${left} = ${right}`, literal);
};

const comparisonSql = (operator: Comparison, value: number | string, column: ColumnInfo, name: string): Fragment => {
  const symbol = symbols[operator];
  if (typeof value === 'string') return fragment(`${name} ${symbol} CAST(? AS TIMESTAMP)`, value);
  // Native records hold numbers as text: what is no number there is no match.
  const number = isNumeric(column) ? name : `TRY_CAST(CAST(${name} AS VARCHAR) AS DOUBLE)`;
  return fragment(`${number} ${symbol} ?`, value);
};
