import type { Source } from './source.ts';

/** The text of a type name up to its closing bracket: `List[string]`, `byte[,]`, `Outer+Inner, Assembly`. Consumes the bracket. */
export const readTypeName = (source: Source): string => {
  const start = source.at;
  let depth = 1;
  for (;;) {
    const char = source.peek();
    if (char === '[') depth++;
    else if (char === ']' && --depth === 0) break;
    else if (source.atEnd || !/[\p{L}\p{N}_.+`,\s=*\]-]/u.test(char)) {
      source.fail('EndSquareBracketExpectedAtEndOfType', 'Missing ] at end of attribute or type literal.');
    }
    source.at++;
  }
  const name = source.text.slice(start, source.at).trim();
  source.at++;
  if (name === '') source.fail('MissingTypename', "Missing type name after '['.", source.from(start - 1));
  return name;
};
