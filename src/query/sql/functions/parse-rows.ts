import type { Dynamic } from '../../values/dynamic.ts';
import { parsePairs } from '../../values/parse-kv.ts';
import { parseXml } from '../../values/parse-xml.ts';
import { escapePattern } from '../../values/terms.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

const bag = (entries: Readonly<Record<string, Dynamic>>): Dynamic => new Map(Object.entries(entries));

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const queryParameters = (query: string): Dynamic =>
  new Map(
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [key = '', ...value] = pair.split('=');
        return [decoded(key), decoded(value.join('='))];
      }),
  );

const urlPattern =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

const parseUrl = (text: string): Dynamic => {
  const [, scheme = '', username = '', password = '', host = '', port = '', path = '', query = '', fragment = ''] =
    urlPattern.exec(text) ?? [];
  return bag({
    Scheme: scheme,
    Host: host,
    Port: port,
    Path: path,
    Username: username,
    Password: password,
    'Query Parameters': queryParameters(query),
    Fragment: fragment,
  });
};

/** A Windows, Unix or web path. */
const parsePath = (whole: string): Dynamic => {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(whole)?.[1] ?? '';
  const text = scheme === '' ? whole : whole.slice(scheme.length + 3);
  const stream = /^[a-z]:[\\/].*?[^\\/]:([^\\/:]+)$/i.exec(text)?.[1] ?? '';
  const plain = stream === '' ? text : text.slice(0, -stream.length - 1);
  const cut = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\'));
  const filename = plain.slice(cut + 1);
  const directory = cut <= 0 ? plain.slice(0, Math.max(cut, 0)) : plain.slice(0, cut);
  const root = /^[a-z]:[\\/]/i.exec(plain)?.[0] ?? '';
  const parents = directory.split(/[\\/]/).filter((part) => part !== '');
  const dot = filename.lastIndexOf('.');
  return bag({
    Scheme: scheme,
    RootPath: root,
    DirectoryPath: directory,
    DirectoryName: parents.at(-1) ?? '',
    Filename: filename,
    Extension: dot === -1 ? '' : filename.slice(dot + 1),
    AlternateDataStreamName: stream,
  });
};

/** The fields of one record; a quoted field may hold commas, quotes (doubled) and line ends. */
const parseCsv = (text: string): readonly string[] => splitRecord(text, ',');

const fieldPatterns = new Map<string, RegExp>();

const fieldPattern = (separator: string): RegExp => {
  const between = escapePattern(separator);
  const known = fieldPatterns.get(separator);
  const pattern = known ?? new RegExp(`("(?:[^"]|"")*"|[^${between}\\r\\n]*)(${between}|\\r\\n|\\n|$)`, 'y');
  if (known === undefined) fieldPatterns.set(separator, pattern);
  return pattern;
};

const splitRecord = (text: string, separator: string): readonly string[] => {
  const fields: string[] = [];
  const pattern = fieldPattern(separator);
  pattern.lastIndex = 0;
  for (;;) {
    const match = pattern.exec(text);
    if (match === null) return fields;
    const field = match[1] ?? '';
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (match[2] !== separator) return fields;
  }
};

/** Up to four numbers; each a long, joined as one big number for comparison. */
const parseVersion = (text: string): string | null => {
  const parts = text.trim().split('.');
  if (parts.length > 4 || !parts.every((part) => /^\d{1,8}$/.test(part))) return null;
  const [first = '0', ...rest] = [...parts, '0', '0', '0'].slice(0, 4);
  return BigInt(first + rest.map((part) => part.padStart(8, '0')).join('')).toString();
};

/** A Windows command line, split as programs see it: backslashes only matter before quotes. */
const commandLineArguments = (text: string): readonly string[] => {
  const found: string[] = [];
  let current: string | null = null;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const slashes = /\\+/y;
    slashes.lastIndex = at;
    const run = slashes.exec(text)?.[0].length ?? 0;
    if (run > 0) {
      const beforeQuote = text[at + run] === '"';
      current = (current ?? '') + '\\'.repeat(beforeQuote ? Math.floor(run / 2) : run);
      at += run - 1;
      if (beforeQuote && run % 2 === 1) {
        current += '"';
        at++;
      }
    } else if (text[at] === '"') {
      quoted = !quoted;
      current ??= '';
    } else if (!quoted && /\s/.test(text[at] ?? '')) {
      if (current !== null) found.push(current);
      current = null;
    } else {
      current = (current ?? '') + text[at];
    }
  }
  return current === null ? found : [...found, current];
};

const urlQuery: RowSpec = {
  params: ['string'],
  result: 'dynamic',
  compute: (text: string) => bag({ 'Query Parameters': queryParameters(text.replace(/^\?/, '')) }),
};

export const parseRowFunctions = rowTable({
  parse_kv: {
    params: ['string', 'string', 'string', 'string', 'string', 'string', 'string'],
    result: 'dynamic',
    compute: (
      text: string,
      pairDelimiter: string,
      keyDelimiter: string,
      quote: string,
      escape: string,
      _regex: string,
      greedy: string,
    ) =>
      new Map<string, Dynamic>(
        parsePairs(text, { pairDelimiter, keyDelimiter, quote, escape, greedy: greedy === 'true' }),
      ),
  },
  parse_url: { params: ['string'], result: 'dynamic', compute: parseUrl },
  parseurl: { params: ['string'], result: 'dynamic', compute: parseUrl },
  parse_urlquery: urlQuery,
  parseurlquery: urlQuery,
  parse_path: { params: ['string'], result: 'dynamic', compute: parsePath },
  parse_xml: { params: ['string'], result: 'dynamic', compute: parseXml },
  parse_csv: { params: ['string'], result: 'dynamic', compute: parseCsv },
  split_record: { params: ['string', 'string'], result: 'dynamic', compute: splitRecord },
  parse_version: { params: ['string'], result: 'string', compute: parseVersion },
  parse_command_line: {
    params: ['string', 'string'],
    result: 'dynamic',
    compute: (text: string) => {
      const found = commandLineArguments(text);
      return found.length === 0 ? null : found;
    },
  },
});
