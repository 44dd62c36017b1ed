import { sqlString } from '../../../telemetry/database.ts';
import type { Call, Expr } from '../../plan/expr.ts';
import { coerce } from '../coerce.ts';
import { isolateGroup, matchedPattern, translatePattern } from '../regex-syntax.ts';

export { translatePattern };
import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';

export const patternSql = (arg: Arg | undefined): string =>
  typeof arg?.literal?.value === 'string' ? sqlString(translatePattern(arg.literal.value)) : (arg?.sql ?? `''`);

/** The same for `regexp_matches`. */
export const matchedSql = (arg: Arg | undefined): string =>
  typeof arg?.literal?.value === 'string'
    ? sqlString(matchedPattern(translatePattern(arg.literal.value)))
    : patternSql(arg);

/** How many groups a pattern captures. */
const groupCount = (pattern: string): number =>
  [...pattern.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/gs, '').matchAll(/\((?!\?)|\(\?P?<(?![=!])/g)].length;

/** `extract(pattern, group, text[, typeof(long)])`. */
const extract: SqlFunction = {
  params: ['string', 'long', 'string', 'string'],
  render: ([pattern, group, text], call, context) => {
    const [known, chosen] = [pattern?.literal?.value, group?.literal?.value];
    // A group that the pattern does not have matches nothing.
    const missing = typeof known === 'string' && typeof chosen === 'string' && Number(chosen) > groupCount(known);
    // DuckDB counts nine groups.
    const isolated = typeof known === 'string' && typeof chosen === 'string' && Number(chosen) > 9 && !missing;
    if (isolated) {
      const alone = sqlString(translatePattern(isolateGroup(known, Number(chosen))));
      return coerce(
        { sql: `regexp_extract(${text?.sql}, ${alone}, 1)`, type: 'string', nullable: false, literal: null },
        call.type,
        context,
      ).sql;
    }
    const found = missing ? `''` : `regexp_extract(${text?.sql}, ${patternSql(pattern)}, ${group?.sql}::INTEGER)`;
    if (call.type === 'string') return found;
    return coerce({ sql: found, type: 'string', nullable: false, literal: null }, call.type, context).sql;
  },
};

const literalPattern = (call: Call): string | null => {
  const [pattern] = call.args;
  return pattern?.kind === 'literal' && typeof pattern.value === 'string' ? pattern.value : null;
};

/** Groups by their numbers need no look at the pattern. */
const numberedGroups = (chosen: Expr | undefined): readonly number[] | null => {
  if (chosen?.kind !== 'literal' || typeof chosen.value !== 'string') return null;
  const groups = JSON.parse(chosen.value) as unknown;
  return Array.isArray(groups) && groups.every((group) => typeof group === 'number') ? groups : null;
};

const chosenGroups = (call: Call): readonly number[] | null => {
  const pattern = literalPattern(call);
  if (pattern === null) return call.args.length < 3 ? null : numberedGroups(call.args[1]);
  if (call.args.length < 3) return Array.from({ length: groupCount(pattern) }, (_, index) => index + 1);
  const chosen = call.args[1];
  if (chosen?.kind !== 'literal' || typeof chosen.value !== 'string') return null;
  const groups = JSON.parse(chosen.value) as unknown;
  if (!Array.isArray(groups)) return null;
  const names = [...pattern.matchAll(/\((?!\?)|\(\?P?<([^=!>]+)>/g)].map((match) => match[1]);
  return groups.map((group) => (typeof group === 'number' ? group : names.indexOf(String(group)) + 1));
};

/** `extract_all(pattern[, groups], text)`: for each match its group, or its groups in an array. */
const extractAll: SqlFunction = {
  params: ['any', 'any', 'string'],
  refuse: (call) => {
    const groups = chosenGroups(call);
    if (groups === null) return 'extract_all with a computed pattern or groups';
    return groups.length === 0 ? 'extract_all without a capturing group' : null;
  },
  render: (args, call) => {
    const text = args.at(-1)?.sql ?? `''`;
    const pattern = patternSql(args[0]);
    const groups = chosenGroups(call) ?? [];
    const lists = groups.map((group) => `regexp_extract_all(${text}, ${pattern}, ${group})`);
    const [first = '[]'] = lists;
    if (lists.length === 1) return `nullif(to_json(${first})::VARCHAR, '[]')`;
    const tuple = lists.map((list) => `(${list})[i]`).join(', ');
    return `nullif(to_json(list_transform(range(1, len(${first}) + 1), lambda i: [${tuple}]))::VARCHAR, '[]')`;
  },
};

/** `\1` is a group, as in the service. */
const replaceRegex: SqlFunction = {
  params: ['string', 'string', 'string'],
  render: ([text, pattern, rewrite]) => `regexp_replace(${text?.sql}, ${patternSql(pattern)}, ${rewrite?.sql}, 'g')`,
};

/** `replace(pattern, rewrite, text)`, the old order. */
const replace: SqlFunction = {
  params: ['string', 'string', 'string'],
  render: ([pattern, rewrite, text]) => `regexp_replace(${text?.sql}, ${patternSql(pattern)}, ${rewrite?.sql}, 'g')`,
};

/** Characters matched at an end of the text. */
const trim = (start: boolean, end: boolean): SqlFunction => ({
  params: ['string', 'string'],
  render: ([pattern, text]) => {
    const known = pattern?.literal?.value;
    const group =
      typeof known === 'string' ? sqlString(`(?:${translatePattern(known)})`) : `('(?:' || ${pattern?.sql} || ')')`;
    const ends = [...(start ? [`'^' || ${group}`] : []), ...(end ? [`${group} || '$'`] : [])];
    return ends.reduce((sql, at) => `regexp_replace(${sql}, ${at}, '')`, text?.sql ?? `''`);
  },
});

const countOf: SqlFunction = {
  params: ['string', 'string', 'string'],
  render: ([text, searched, kind], _call, context) =>
    kind?.literal?.value === 'regex'
      ? `len(regexp_extract_all(${text?.sql}, ${patternSql(searched)}))::BIGINT`
      : context.rowFunction(
          {
            name: 'kql_countof',
            params: ['string', 'string'],
            result: 'long',
            compute: (value, wanted) =>
              typeof value === 'string' && typeof wanted === 'string' ? occurrences(value, wanted) : null,
          },
          [text?.sql ?? `''`, searched?.sql ?? `''`],
        ),
};

/** Overlapping ones count. */
const occurrences = (text: string, searched: string): bigint => {
  let count = 0n;
  if (searched !== '') for (let at = text.indexOf(searched); at !== -1; at = text.indexOf(searched, at + 1)) count++;
  return count;
};

export const regexFunctions: FunctionTable = {
  extract,
  extract_all: extractAll,
  extractall: extractAll,
  replace_regex: replaceRegex,
  replace,
  trim: trim(true, true),
  trim_start: trim(true, false),
  trim_end: trim(false, true),
  countof: countOf,
  indexof_regex: {
    params: ['string', 'string'],
    render: ([text, pattern]) =>
      `CASE WHEN regexp_matches(${text?.sql}, ${matchedSql(pattern)}) THEN (strpos(${text?.sql}, regexp_extract(${text?.sql}, ${patternSql(pattern)})) - 1)::BIGINT ELSE BIGINT '-1' END`,
  },
};
