import { createCompiled } from '../../sigma/interpret/compiled.ts';
import { matchValue } from '../../sigma/interpret/match-value.ts';
import { compilePattern } from '../../sigma/match/test-pattern.ts';
import { compileLinearRegex } from '../../sigma/regex/linear-regex.ts';
import type { Matcher } from '../../sigma/values/matcher.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';
import type { RowFunction, RowValue } from '../row-function.ts';

const textOrNull = (value: RowValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Sigma's own comparison, so that a plan says of a row what the interpreter says of an event. The matcher comes as JSON. */
const createRowMatch = (): RowFunction['compute'] => {
  const compiled = createCompiled({
    regex: (source, flags) => ({ test: compileLinearRegex(source, flags) }),
    pattern: (pattern) => ({ test: compilePattern(pattern) }),
  });
  const matchers = new Map<string, Matcher>();
  const read = (json: string): Matcher => {
    const known = matchers.get(json);
    if (known !== undefined) return known;
    const matcher = JSON.parse(json) as Matcher;
    matchers.set(json, matcher);
    return matcher;
  };
  return (value, json, other) => {
    const matcher = read(String(json));
    const text = textOrNull(value);
    // A table has every column in every row: what is null there is absent in the record.
    const fields = matcher.kind === 'fieldref' && other !== undefined ? { [matcher.field]: textOrNull(other) } : {};
    return matchValue(matcher, text ?? undefined, fields, compiled);
  };
};

const matches: SqlFunction = {
  params: ['any', 'string', 'any'],
  neverNull: true,
  render: (args, _call, context) => {
    const [value, matcher, other] = args.map(({ sql, type }, index) =>
      index === 1 || type === 'string' ? sql : `(${sql})::VARCHAR`,
    );
    const found = [value ?? 'NULL', matcher ?? `''`];
    return other === undefined
      ? context.rowFunction(rowMatches, found)
      : context.rowFunction(rowRefers, [...found, other]);
  },
};

const compute = createRowMatch();
const rowMatches: RowFunction = { name: 'sigma_matches', params: ['string', 'string'], result: 'bool', compute };
const rowRefers: RowFunction = {
  name: 'sigma_refers',
  params: ['string', 'string', 'string'],
  result: 'bool',
  compute,
};

export const sigmaFunctions: FunctionTable = { sigma_matches: matches };
