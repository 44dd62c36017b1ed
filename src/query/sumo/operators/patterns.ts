const special = /[.*+?^${}()|[\]\\]/;

const escapes: Readonly<Record<string, string>> = { n: '\\n', r: '\\r', t: '\\t' };

/**
 * An anchor as an expression: literal text whatever its case (the documentation's `user=*:` finds `User=jane:`), `*` for as little
 * as possible, the last one for all that is left where nothing stands behind it. Null for `**`.
 */
export const anchorPattern = (anchor: string): { readonly pattern: string; readonly wildcards: number } | null => {
  let pattern = '';
  let wildcards = 0;
  let before = '';
  for (let at = 0; at < anchor.length; at++) {
    const char = anchor.charAt(at);
    if (char === '*') {
      if (before === '*') return null;
      wildcards++;
      pattern += at === anchor.length - 1 ? '(.*)' : '(.*?)';
      before = '*';
      continue;
    }
    before = char;
    if (char === '\\' && at + 1 < anchor.length) {
      const next = anchor.charAt(++at);
      pattern += escapes[next] ?? (special.test(next) ? `\\${next}` : next);
      continue;
    }
    pattern += special.test(char) ? `\\${char}` : char;
  }
  return { pattern: `(?is)${pattern}`, wildcards };
};

/** The groups of an expression in their order: each its name, or null. */
export const groupsOf = (pattern: string): readonly (string | null)[] => {
  const bare = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '');
  return [...bare.matchAll(/\((?!\?)|\(\?P?<(?![=!])([^>]+)>/g)].map((match) => match[1] ?? null);
};
