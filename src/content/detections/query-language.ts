import { posix } from 'node:path';
import type { Language } from '../../model/detection.ts';

type QueryLanguage = Extract<Language, 'kql' | 'sumo'>;

/** Languages of bare queries by extension. */
export const queryLanguages: Readonly<Record<string, QueryLanguage>> = {
  '.kql': 'kql',
  '.kusto': 'kql',
  '.csl': 'kql',
  '.sumo': 'sumo',
};

// What one language writes and the other does not.
const signs: Readonly<Record<QueryLanguage, readonly RegExp[]>> = {
  kql: [
    /^\s*let\s+\w+\s*=/m,
    /\|\s*(?:summarize|project(?:-away|-rename|-reorder|-keep)?|extend|mv-expand|mv-apply|make-series|distinct|evaluate|render|order by|take|getschema)\b/,
    /\|\s*join\s+(?:kind\s*=|hint\.|\()/,
    /=~|!~|\b(?:has|has_any|has_all|hasprefix|startswith|endswith|contains|in~|!in|!has|!contains)\b\s*[("'a-zA-Z]/,
    /\b(?:ago|datetime|dynamic|bin|tostring|todynamic|parse_json|isnotempty|make_set|make_list|arg_max|arg_min|dcount|countif)\s*\(/,
    /\|\s*parse\s+(?:kind\s*=\s*\w+\s+)?\w+\s+with\b/,
    /\bunion\s+(?:isfuzzy|withsource|kind)\b/,
    /\|\s*where\s+(?:TimeGenerated|Timestamp)\b/,
    /\[\s*["']/,
    /^\s*(?:[A-Z]\w*(?:Events|Logs|Event|Log|Info|Data|Activity|_CL))\s*$/m,
  ],
  sumo: [
    /\b_(?:sourceCategory|sourceHost|sourceName|source|index|view|collector|raw|dataTier|messageTime|timeslice)\b/i,
    /\|\s*(?:parse|json|csv|xml|kv|keyvalue|parse\s+regex|timeslice|transpose|formatDate|lookup|save|accum|backshift|outlier|smooth|predict|logreduce|logcompare|geoip|threatip|extract|if\s*\(|num|concat|fields|total|ratio|topk|rollingstd|queryEndTime|toLowerCase|sessionize|trace)\b(?!\s*kind)/i,
    /\|\s*(?:parse|json|kv|csv|xml)\b[^|]*\bnodrop\b/i,
    /\|\s*(?:count|sum|avg|min|max|first|last|pct|stddev|values|count_distinct|count_frequent)\b[^|]*\bby\s+\w/i,
    /\bas\s+[a-z_]\w*\s*(?:\||,|$)/m,
    /\|\s*where\s+(?:!|\w+\s+matches\s|isNull|isBlank|isEmpty|compareCIDRPrefix)/,
    /\{\{\w+\}\}/,
  ],
};

const score = (text: string, language: QueryLanguage): number =>
  signs[language].filter((sign) => sign.test(text)).length;

/** Which language a bare text is a query in, by what it says; null when it shows no sign of one, or as many of both. */
export const recognizeQuery = (text: string): QueryLanguage | null => {
  const code = withoutComments(text);
  const [kql, sumo] = [score(code, 'kql'), score(code, 'sumo')];
  return kql === sumo ? null : kql > sumo ? 'kql' : 'sumo';
};

/** By what the file is called, else by what it says. */
export const languageOf = (file: string, text: string): QueryLanguage | null =>
  queryLanguages[posix.extname(file).toLowerCase()] ?? recognizeQuery(text);

// Not inside quotes: `"https://…"` is no comment.
const withoutComments = (text: string): string =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (_, quoted: string | undefined) => quoted ?? '',
  );
