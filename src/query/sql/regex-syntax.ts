/** Classes that the service's engine takes for all of Unicode, where RE2 takes them for ASCII; as content of a bracketed class. */
const classes: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  s: String.raw`\s\p{Z}\x{85}`,
  w: String.raw`\p{L}\p{M}\p{Nd}_`,
};

/** What they leave out; RE2 has a negated form only for a single property. */
const negatedClasses: Readonly<Record<string, string>> = {
  D: String.raw`\P{Nd}`,
  S: String.raw`[^\s\p{Z}\x{85}]`,
  W: String.raw`[^\p{L}\p{M}\p{Nd}_]`,
};

const token = /\\Q[\s\S]*?(?:\\E|$)|\\p\{[^}]*\}|\\P\{[^}]*\}|\\u[0-9A-Fa-f]{4}|\\.|\[\^?\]?|\]|\(\?<(?![=!])|[\s\S]/g;

/**
 * A pattern of the service as RE2 takes it: named groups in its spelling, digits, blanks and word characters of all scripts. (The
 * boundaries `\b` stay those of ASCII words.)
 */
export const translatePattern = (pattern: string): string => {
  let inClass = false;
  return pattern.replaceAll(token, (text) => {
    if (text.startsWith('[') && !inClass) inClass = true;
    else if (text === ']') inClass = false;
    else if (text === '(?<' && !inClass) return '(?P<';
    else if (text.length === 6 && text.startsWith('\\u')) return `\\x{${text.slice(2)}}`;
    else if (text.length === 2 && text.startsWith('\\')) return translateEscape(text, inClass);
    return text;
  });
};

/**
 * A pattern as an argument of `regexp_matches`. DuckDB takes an expression of letters and anchors for a LIKE, wherever the anchors stand:
 * `a^` would match `a`. An expression with a group is left to RE2.
 */
export const matchedPattern = (pattern: string): string =>
  /[$^]|\\[AzZ]/.test(pattern.replace(/^\^/, '').replace(/\$$/, '')) ? `(${pattern})` : pattern;

/** A pattern in which one group alone captures, as the first: engines count only so many. */
export const isolateGroup = (pattern: string, group: number): string => {
  let inClass = false;
  let count = 0;
  return pattern.replaceAll(/\\Q[\s\S]*?(?:\\E|$)|\\.|\[\^?\]?|\]|\(\?P?<(?![=!])[^>]*>|\(\??|[\s\S]/g, (text) => {
    if (text.startsWith('[') && !inClass) inClass = true;
    else if (text === ']') inClass = false;
    else if (!inClass && text.startsWith('(') && text !== '(?') return ++count === group ? '(' : '(?:';
    return text;
  });
};

const translateEscape = (escape: string, inClass: boolean): string => {
  const name = escape.slice(1);
  const members = classes[name];
  if (members !== undefined) return inClass ? members : `[${members}]`;
  const others = negatedClasses[name];
  // Inside a class only the single property can be negated; the others keep their ASCII meaning there.
  return others === undefined || (inClass && others.startsWith('[')) ? escape : others;
};
