import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';
import { allMatchesSql, extractSql, groupSql, matchesSql, replaceSql } from './sumo-regex.ts';
import { asLong, asNumber, asReal, asText } from './sumo-values.ts';

/** Takes texts, gives a text; null of null. */
const ofTexts = (template: (...args: string[]) => string): SqlFunction => ({
  params: ['any'],
  variadic: true,
  render: (args) => template(...args.map(asText)),
});

const pattern = (arg: Arg | undefined): string => String(arg?.literal?.value ?? '');

/** From `start` (0 the first character) up to `end`, not included. */
const substring: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([text, start, end]) => {
    if (text === undefined || start === undefined) return 'NULL';
    const from = `greatest(${asLong(start)}, 0)`;
    const tail = `substring(${asText(text)}, ${from} + 1)`;
    return end === undefined ? tail : `substring(${asText(text)}, ${from} + 1, greatest(${asLong(end)} - ${from}, 0))`;
  },
};

const position = (step: string): string => {
  if (step === '*') return '.*';
  const index = /^\[(-?\d+|\*)\]$/.exec(step)?.[1];
  if (index === undefined) return `."${step.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return Number(index) < 0 ? `[#${index}]` : `[${index}]`;
};

/** `a.b[0].c`, `['a.b']` and `a[*].b` as DuckDB writes paths. */
export const jsonPath = (path: string): string => {
  const steps = path.replace(/^\$(?=[.[])\.?/, '').match(/\['[^']*'\]|\[-?\d+\]|\[\*\]|[^.[\]]+/g) ?? [];
  return `$${steps.map((step) => position(step.startsWith("['") ? step.slice(2, -2) : step)).join('')}`;
};

/** What stands at a path of a JSON text: of a text its content, of anything else its JSON; null where there is nothing. */
const jsonAt: SqlFunction = {
  params: ['any', 'string'],
  render: ([source, path]) => {
    if (source === undefined) return 'NULL';
    const steps = jsonPath(pattern(path)).replaceAll("'", "''");
    const text = asText(source);
    const valid = `CASE WHEN json_valid(${text}) THEN ${text} END`;
    return /\[\*\]|\.\*/.test(steps)
      ? `nullif(to_json(json_extract(${valid}, '${steps}'))::VARCHAR, '[]')`
      : `json_extract_string(${valid}, '${steps}')`;
  },
};

export const sumoTextFunctions: FunctionTable = {
  'sumo:concat': ofTexts((...texts) => `concat(${texts.join(', ')})`),
  'sumo:lower': ofTexts((text) => `lower(${text})`),
  'sumo:upper': ofTexts((text) => `upper(${text})`),
  'sumo:length': ofTexts((text) => `length(${text})`),
  'sumo:trim': ofTexts((text = 'NULL') => `trim(${text}, ' ' || chr(9) || chr(10) || chr(13))`),
  'sumo:contains': { ...ofTexts((text, part) => `coalesce(contains(${text}, ${part}), FALSE)`), neverNull: true },
  'sumo:replace': ofTexts((text, from, to) => `replace(${text}, ${from}, ${to})`),
  'sumo:replace-regex': {
    params: ['any', 'any', 'any'],
    render: ([text, from, to]) =>
      text === undefined || to === undefined ? 'NULL' : replaceSql(asText(text), pattern(from), asText(to)),
  },
  'sumo:substring': substring,
  'sumo:text': ofTexts((text = 'NULL') => text),
  'sumo:number': { params: ['any'], render: ([arg]) => (arg === undefined ? 'NULL' : asReal(arg)) },
  'sumo:long': { params: ['any'], render: ([arg]) => (arg === undefined ? 'NULL' : asLong(arg)) },
  'sumo:number-like': { params: ['any'], render: ([arg]) => (arg === undefined ? 'NULL' : asNumber(arg)) },
  'sumo:json': jsonAt,
  'sumo:found': {
    params: ['any', 'any'],
    render: ([text, from], _call, context) =>
      text === undefined ? 'NULL' : `coalesce(${matchesSql(asText(text), pattern(from), context)}, FALSE)`,
    neverNull: true,
  },
  'sumo:extract': {
    params: ['any', 'any', 'any'],
    render: ([text, from, group], _call, context) =>
      text === undefined
        ? 'NULL'
        : extractSql(asText(text), pattern(from), Number(group?.literal?.value ?? 1), context),
  },
  /** The same behind a filter that only matching texts pass; the last argument says how many groups there are. */
  'sumo:group': {
    params: ['any', 'any'],
    render: ([text, from, group, groups], _call, context) => {
      const [which, all] = [Number(group?.literal?.value ?? 1), Number(groups?.literal?.value ?? 1)];
      return text === undefined
        ? 'NULL'
        : groupSql(asText(text), pattern(from), { group: which, groups: all }, context);
    },
  },
  'sumo:all-matches': {
    params: ['any', 'any'],
    render: ([text, from], _call, context) =>
      text === undefined ? 'NULL' : allMatchesSql(asText(text), pattern(from), context),
  },
  /** With one row where nothing matches. */
  'sumo:all-matches-or-none': {
    params: ['any', 'any'],
    render: ([text, from], _call, context) =>
      text === undefined
        ? 'NULL'
        : `coalesce(nullif(${allMatchesSql(asText(text), pattern(from), context)}, '[]'), '[[]]')`,
  },
  // What a result's table shows as a link.
  'sumo:tourl': ofTexts((address, label) => `concat('<a href="', ${address}, '">', ${label}, '</a>')`),
  'sumo:or-text': ofTexts((text, otherwise) => `coalesce(${text}, ${otherwise})`),
};
