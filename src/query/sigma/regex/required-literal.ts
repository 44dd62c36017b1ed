import type { CharSet } from './char-set.ts';
import type { RegexSyntax } from './syntax.ts';

/**
 * The longest text, in lower case, that everything an expression finds has to hold; null when there is none. Only ASCII: outside of
 * it, a text's lower case depends on what stands around it.
 */
export const requiredLiteral = (syntax: RegexSyntax): string | null => {
  let best = '';
  let run = '';
  const end = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  const walk = (node: RegexSyntax): void => {
    switch (node.kind) {
      case 'assert':
        return;
      case 'chars': {
        const char = onlyLetter(node.set);
        if (char === null) end();
        else run += char;
        return;
      }
      case 'sequence':
        node.of.forEach(walk);
        return;
      case 'choice':
        end();
        return;
      case 'repeat':
        if (node.least > 0) walk(node.of);
        // What follows comes after the last of them, not after the first.
        if (node.least !== 1 || node.most !== 1) end();
        return;
    }
  };
  walk(syntax);
  end();
  return best === '' ? null : best;
};

/** The one ASCII character that all of a set is, but for case. */
const onlyLetter = (set: CharSet): string | null => {
  const codes = set.flatMap(([from, to]) => (to - from > 1 ? [-1, -2] : from === to ? [from] : [from, to]));
  if (codes.length === 0 || codes.length > 2 || codes.some((code) => code < 0 || code >= 128)) return null;
  const letters = new Set(codes.map((code) => String.fromCharCode(code).toLowerCase()));
  return letters.size === 1 ? ([...letters][0] ?? null) : null;
};
