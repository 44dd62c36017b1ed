import type { Matcher } from '../values/matcher.ts';
import { mapLiterals, patternRegExp, type Pattern } from '../values/pattern.ts';
import { toRegExp } from '../values/regex.ts';

export interface TextTest {
  test(text: string): boolean;
}

/** Compiled forms of texts and regular expressions, each made once. */
export interface Compiled {
  pattern(matcher: Matcher & { readonly kind: 'text' }): TextTest;
  regex(matcher: Matcher & { readonly kind: 'regex' }): TextTest;
}

/** How texts are tested. */
export interface TextEngines {
  readonly regex: (source: string, flags: string) => TextTest;
  readonly pattern: (pattern: Pattern) => TextTest;
}

/** By default the platform's own regular expressions decide: nothing of ours that could be wrong. */
export const createCompiled = (engines: TextEngines = { regex: toRegExp, pattern: patternRegExp }): Compiled => {
  const expressions = new WeakMap<Matcher, TextTest>();
  const once = (matcher: Matcher, compile: () => TextTest): TextTest => {
    const known = expressions.get(matcher);
    if (known !== undefined) return known;
    const expression = compile();
    expressions.set(matcher, expression);
    return expression;
  };
  return {
    pattern: (matcher) =>
      once(matcher, () =>
        engines.pattern(
          matcher.cased
            ? matcher.pattern
            : mapLiterals(matcher.pattern, (literal) => [{ literal: literal.toLowerCase() }]),
        ),
      ),
    regex: (matcher) => once(matcher, () => engines.regex(matcher.source, matcher.flags)),
  };
};
