import type { ConditionProblem, ConditionSyntax } from './condition.ts';
import { tokenize, type Token } from './tokens.ts';

export type ParsedCondition =
  { readonly ok: true; readonly syntax: ConditionSyntax } | { readonly ok: false; readonly problem: ConditionProblem };

/** Brackets and `not`s deeper than this are an attack on the stack. */
const deepest = 200;

/** The condition grammar. Binding, loosest first: `or`, `and`, `not`, `1 of`/`all of`, brackets. */
export const parseCondition = (text: string): ParsedCondition => {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;

  const fail = (message: string, token: Token | undefined, hint: string | null = null): never => {
    const [start, end] = token === undefined ? [text.length, text.length] : [token.start, token.end];
    throw new Unreadable({ message, hint, start, end });
  };
  const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
    token?.kind === 'word' && words.includes(token.text.toLowerCase());

  const chain = (kind: 'and' | 'or', operand: () => ConditionSyntax): ConditionSyntax => {
    const first = operand();
    const of = [first];
    while (isWord(tokens[at], kind)) {
      at++;
      of.push(operand());
    }
    const last = of.at(-1) ?? first;
    return of.length === 1 ? first : { kind, of, start: first.start, end: last.end };
  };
  const disjunction = (): ConditionSyntax => chain('or', conjunction);
  const conjunction = (): ConditionSyntax => chain('and', negation);

  const negation = (): ConditionSyntax => {
    const token = tokens[at];
    if (++depth > deepest) fail('this condition is nested too deeply', token);
    try {
      if (token === undefined || !isWord(token, 'not')) return primary();
      at++;
      const of = negation();
      return { kind: 'not', of, start: token.start, end: of.end };
    } finally {
      depth--;
    }
  };

  const primary = (): ConditionSyntax => {
    const token = tokens[at++];
    if (token === undefined) return fail('the condition ends where a selection is expected', token);
    if (token.kind === '(') {
      const inner = disjunction();
      const close = tokens[at++];
      if (close?.kind !== ')') return fail('this bracket is not closed', token);
      return { ...inner, start: token.start, end: close.end };
    }
    if (token.kind !== 'word') return unexpected(token);
    if (isWord(tokens[at], 'of')) return quantified(token);
    if (isWord(token, 'and', 'or', 'of')) return fail(`"${token.text}" stands where a selection is expected`, token);
    return { kind: 'name', name: token.text, start: token.start, end: token.end };
  };

  const quantified = (quantifier: Token): ConditionSyntax => {
    if (!isWord(quantifier, '1', 'any', 'all'))
      return fail(`no condition counts "${quantifier.text} of"`, quantifier, 'Sigma has `1 of` and `all of`');
    const pattern = tokens[at + 1];
    at += 2;
    if (pattern?.kind !== 'word') return fail('"of" is followed by a pattern of selections or by "them"', pattern);
    return {
      kind: 'quantified',
      quantity: isWord(quantifier, 'all') ? 'all' : 'one',
      pattern: isWord(pattern, 'them') ? 'them' : pattern.text,
      start: quantifier.start,
      end: pattern.end,
    };
  };

  const unexpected = (token: Token): never =>
    token.text === '|'
      ? fail('aggregations after a pipe are no longer Sigma', token, 'write a correlation rule')
      : fail(`unexpected "${token.text}"`, token);

  try {
    const syntax = disjunction();
    const rest = tokens[at];
    if (rest !== undefined)
      return rest.kind === 'word' ? fail(`"and" or "or" is missing before "${rest.text}"`, rest) : unexpected(rest);
    return { ok: true, syntax };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem };
    throw error;
  }
};

class Unreadable extends Error {
  readonly problem: ConditionProblem;

  constructor(problem: ConditionProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
