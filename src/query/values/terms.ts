/**
 * Terms of a text, as the `has` family sees them: runs of letters and digits. Where a searched text begins or ends with another
 * character, that end may stand anywhere.
 */
const alphanumeric = /[\p{L}\p{N}]/u;

const isTermCharacter = (character: string | undefined): boolean =>
  character !== undefined && alphanumeric.test(character);

export interface TermMatch {
  /** The searched text must begin where a term begins. */
  readonly start: boolean;
  /** It must end where a term ends. */
  readonly end: boolean;
}

const edges = (needle: string, match: TermMatch): TermMatch => {
  const characters = [...needle];
  return {
    start: match.start && isTermCharacter(characters[0]),
    end: match.end && isTermCharacter(characters.at(-1)),
  };
};

/** Every place where a text is found, boundaries looked at by hand: the plain form of what `termPattern` says as a regular expression. */
export const hasTerm = (text: string, needle: string, match: TermMatch): boolean => {
  if (needle === '') return true;
  const { start, end } = edges(needle, match);
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    const before = at === 0 ? undefined : characterBefore(text, at);
    const after = characterAt(text, at + needle.length);
    if (!(start && isTermCharacter(before)) && !(end && isTermCharacter(after))) return true;
  }
  return false;
};

const characterBefore = (text: string, at: number): string | undefined =>
  [...text.slice(Math.max(0, at - 2), at)].at(-1);

const characterAt = (text: string, at: number): string | undefined =>
  at >= text.length ? undefined : String.fromCodePoint(text.codePointAt(at) ?? 0);

/** A text as a pattern of RE2 that matches only itself. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}\-/]/g, '\\$&');

const boundary = String.raw`[^\p{L}\p{N}]`;

/** A regular expression (RE2) that finds one of several texts with its boundaries. */
export const termsPattern = (needles: readonly string[], match: TermMatch): string => {
  const alike = Map.groupBy(needles, (needle) => JSON.stringify(edges(needle, match)));
  // The boundaries are big classes: one pair for all that share it keeps the automaton small.
  return [...alike].map(([edge, texts]) => patternBetween(JSON.parse(edge) as TermMatch, texts)).join('|');
};

const patternBetween = ({ start, end }: TermMatch, texts: readonly string[]): string => {
  const choice = texts.map(escapePattern).join('|');
  return `${start ? `(?:^|${boundary})` : ''}${texts.length === 1 ? choice : `(?:${choice})`}${end ? `(?:$|${boundary})` : ''}`;
};
