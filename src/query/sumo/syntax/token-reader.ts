import { tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import type { Span } from '../../plan/span.ts';
import type { Alias } from './ast.ts';
import { scaledNumber } from './number.ts';
import type { Problem } from './problem.ts';
import { aliasOf, spanOfToken, unquoted } from './token-text.ts';
import * as t from './tokens.ts';

/** An operator that cannot be read; caught where operators are read one by one. */
export class OperatorProblem extends Error {
  readonly problem: Problem;
  constructor(span: Span, message: string) {
    super(message);
    this.problem = { code: 'sumo/syntax', span, message };
  }
}

/** Reads one operator whose arguments are named by words that are names anywhere else (`row`, `column`, `with`, `for`). */
export class TokenReader {
  private at = 0;
  private readonly tokens: readonly IToken[];
  constructor(tokens: readonly IToken[]) {
    this.tokens = tokens;
  }

  get position(): number {
    return this.at;
  }

  peek(ahead = 0): IToken | undefined {
    return this.tokens[this.at + ahead];
  }

  isWord(word: string, ahead = 0): boolean {
    return this.peek(ahead)?.image.toLowerCase() === word;
  }

  is(type: TokenType, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && tokenMatcher(token, type);
  }

  fail(wanted: string): never {
    const token = this.peek();
    const last = this.tokens.at(-1);
    const end = last === undefined ? 0 : spanOfToken(last).end;
    const found = token === undefined ? 'the operator ends here' : `${token.image} stands here`;
    throw new OperatorProblem(
      token === undefined ? { start: end, end } : spanOfToken(token),
      `Expecting ${wanted} (${found})`,
    );
  }

  take(type: TokenType, wanted = type.name): IToken {
    const token = this.peek();
    if (token === undefined || !tokenMatcher(token, type)) return this.fail(wanted);
    this.at++;
    return token;
  }

  accept(type: TokenType): boolean {
    if (!this.is(type)) return false;
    this.at++;
    return true;
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at++;
    return true;
  }

  word(word: string): void {
    if (!this.acceptWord(word)) this.fail(word);
  }

  /** What is left up to where `ends` says; brackets hold together. */
  takeUntil(ends: (token: IToken) => boolean): readonly IToken[] {
    const start = this.at;
    let depth = 0;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (depth === 0 && ends(token)) break;
      if (token.tokenType === t.LParen) depth++;
      if (token.tokenType === t.RParen) depth--;
      this.at++;
    }
    return this.tokens.slice(start, this.at);
  }

  name(): Alias {
    const token = this.peek();
    if (token === undefined || ![t.Name, t.Parameter].some((type) => tokenMatcher(token, type)))
      return this.fail('a field');
    this.at++;
    return aliasOf(token);
  }

  names(): readonly Alias[] {
    const names = [this.name()];
    while (this.accept(t.Comma)) names.push(this.name());
    return names;
  }

  text(): string {
    return unquoted(this.take(t.Text).image);
  }

  number(): number {
    const sign = this.accept(t.Minus) ? -1 : 1;
    return sign * Number(this.take(t.NumberText).image);
  }

  millis(): number {
    return scaledNumber(this.take(t.Duration, 'a time such as 5m').image);
  }

  end(): void {
    if (this.peek() !== undefined) this.fail('the end of the operator');
  }
}
