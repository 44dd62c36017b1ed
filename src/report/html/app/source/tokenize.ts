/** What a piece of source text is, for color only: a wrong guess misleads nobody's numbers. */
export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  /** Offset of its first character in the text. */
  readonly start: number;
  readonly end: number;
}

const kqlWords =
  'let|where|summarize|by|extend|project(?:-away|-keep|-rename|-reorder)?|join|kind|on|union|sort|order|top|take|limit|distinct|count|parse|mv-expand|mv-apply|make-series|evaluate|invoke|lookup|render|search|datatable|materialize|and|or|not|in|between|has|has_any|has_all|contains|startswith|endswith|matches|regex|asc|desc|true|false|null';

const sumoWords =
  'where|timeslice|stats|count|by|as|sum|avg|min|max|parse|json|eval|if|fields|sort|desc|asc|and|or|not|in|matches|lookup|join|transpose|top|limit|_index|_sourceCategory|AND|OR|NOT|true|false|null';

const strings = String.raw`@?"(?:\\.|[^"\\\n])*"|@?'(?:\\.|[^'\\\n])*'`;
const numbers = String.raw`\b\d+(?:\.\d+)?(?:ms|[smhd])?\b`;

const words = (list: string): string => String.raw`(?<![\w.$-])(?:${list})(?![\w-])`;

/** Groups in order: comment, string, number, keyword. */
const grammars: Readonly<Record<string, RegExp>> = {
  kql: new RegExp(`(//[^\\n]*)|(${strings})|(${numbers})|(${words(kqlWords)})`, 'g'),
  sumo: new RegExp(`(//[^\\n]*|/\\*[^]*?\\*/)|(${strings})|(${numbers})|(${words(sumoWords)})`, 'g'),
  sigma: new RegExp(
    String.raw`((?<=^|\s)#[^\n]*)|(${strings})|(${numbers})|(^[ \t]*(?:-[ \t]+)?[\w|*. -]+(?=:(?:\s|$)))`,
    'gm',
  ),
};

const kinds: readonly TokenKind[] = ['comment', 'string', 'number', 'keyword'];

/** Covers the text without gaps; a language it does not know is plain. */
export const tokenize = (text: string, language: string): readonly Token[] => {
  const grammar = grammars[language];
  const tokens: Token[] = [];
  let end = 0;
  const plainUpTo = (start: number): void => {
    if (start > end) tokens.push({ kind: 'plain', start: end, end: start });
  };
  for (const match of grammar === undefined ? [] : text.matchAll(grammar)) {
    if (match[0] === '') continue;
    plainUpTo(match.index);
    end = match.index + match[0].length;
    const group = match.slice(1).findIndex((part) => part !== undefined);
    tokens.push({ kind: kinds[group] ?? 'plain', start: match.index, end });
  }
  plainUpTo(text.length);
  return tokens;
};
