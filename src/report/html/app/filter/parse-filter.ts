/** `s` status, `d` detection, `t` technique or test, `v` variant, `h` host, `m` mark; no letter: any of them. */
export type FilterField = 's' | 'd' | 't' | 'v' | 'h' | 'm' | 'any';

export interface FilterTerm {
  readonly field: FilterField;
  /** Lower case. */
  readonly text: string;
  readonly negated: boolean;
}

const fields: readonly string[] = ['s', 'd', 't', 'v', 'h', 'm'];

const isField = (letter: string): letter is FilterField => fields.includes(letter);

const parseTerm = (raw: string): FilterTerm => {
  const negated = raw.startsWith('!');
  const body = negated ? raw.slice(1) : raw;
  const letter = /^(\p{L}):/u.exec(body)?.[1]?.toLowerCase() ?? '';
  const text = (isField(letter) ? body.slice(2) : body).replaceAll('"', '').toLowerCase();
  return { field: isField(letter) ? letter : 'any', text, negated };
};

/** The search box's words: `s:missed d:kql !v:vps "two words"`. An unknown prefix is plain text; nothing is an error. */
export const parseFilter = (query: string): readonly FilterTerm[] =>
  (query.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).map(parseTerm).filter((term) => term.text !== '');

const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

export const formatTerm = ({ field, text, negated }: FilterTerm): string =>
  `${negated ? '!' : ''}${field === 'any' ? '' : `${field}:`}${quoted(text)}`;
