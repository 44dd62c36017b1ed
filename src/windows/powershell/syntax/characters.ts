/** Typographic dashes and quotes mean the same as the plain ones: scripts get pasted from documents. */
export const isDash = (char: string): boolean => char === '-' || char === '–' || char === '—' || char === '―';

export const isSingleQuote = (char: string): boolean => char !== '' && "'‘’‚‛".includes(char);

export const isDoubleQuote = (char: string): boolean => char !== '' && '"“”„'.includes(char);

export const isBlank = (char: string): boolean => char !== '' && /[ \t\v\f\u0085\p{Zs}]/u.test(char);

export const isNewline = (char: string): boolean => char === '\n' || char === '\r';

export const isDigit = (char: string): boolean => char >= '0' && char <= '9' && char.length === 1;

export const isIdentifierStart = (char: string): boolean => char !== '' && /[\p{L}_]/u.test(char);

export const isIdentifierPart = (char: string): boolean => char !== '' && /[\p{L}\p{Nd}_]/u.test(char);

export const isVariablePart = (char: string): boolean => isIdentifierPart(char) || char === '?';

/** Ends a word in any mode. `''` is the end of the text. */
export const endsWord = (char: string): boolean => char === '' || '\r\n&(),;<>{|}'.includes(char) || isBlank(char);

/** Ends a number in an expression: operators do, letters do not, so that `7z` is a command. */
export const endsNumber = (char: string): boolean => endsWord(char) || '!#%*+-./=[]–—―'.includes(char);
