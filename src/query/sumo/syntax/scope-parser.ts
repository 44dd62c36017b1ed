import { EmbeddedActionsParser, type ParserMethod, type TokenVocabulary } from 'chevrotain';
import type { ScopeExpr } from './ast.ts';
import { between, spanOfToken, unquoted } from './token-text.ts';
import * as t from './tokens.ts';

type Rule = ParserMethod<[], ScopeExpr>;

const joined = (kind: 'and' | 'or', parts: readonly ScopeExpr[]): ScopeExpr => {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || parts.length === 1) return first as ScopeExpr;
  return { kind, parts, span: between(first.span, last.span) };
};

/** The words before the first pipe: what stands side by side must all hold; NOT binds tighter than AND, AND than OR. */
export class ScopeParser extends EmbeddedActionsParser {
  constructor(vocabulary: TokenVocabulary) {
    super(vocabulary, { maxLookahead: 2, recoveryEnabled: false });
  }

  readonly scope: Rule = this.RULE('scope', () => {
    const parts: ScopeExpr[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.ScopeOr, DEF: () => parts.push(this.SUBRULE(this.all)) });
    return this.ACTION(() => joined('or', parts));
  });

  readonly all: Rule = this.RULE('all', () => {
    const parts: ScopeExpr[] = [];
    parts.push(this.SUBRULE(this.one));
    this.MANY(() => {
      this.OPTION(() => this.CONSUME(t.ScopeAnd));
      parts.push(this.SUBRULE2(this.one));
    });
    return this.ACTION(() => joined('and', parts));
  });

  readonly one: Rule = this.RULE('one', (): ScopeExpr =>
    this.OR([
      {
        ALT: (): ScopeExpr => {
          const token = this.OR2([{ ALT: () => this.CONSUME(t.ScopeNot) }, { ALT: () => this.CONSUME(t.Bang) }]);
          const part = this.SUBRULE(this.one);
          return this.ACTION(() => ({ kind: 'not', part, span: between(spanOfToken(token), part.span) }));
        },
      },
      {
        ALT: (): ScopeExpr => {
          this.CONSUME(t.LParen);
          const inner = this.SUBRULE(this.scope);
          this.CONSUME(t.RParen);
          return inner;
        },
      },
      {
        ALT: (): ScopeExpr => {
          const token = this.CONSUME(t.Subquery);
          return { kind: 'subquery', text: token.image, span: spanOfToken(token) };
        },
      },
      {
        ALT: (): ScopeExpr => {
          const token = this.CONSUME(t.Text);
          return {
            kind: 'keyword',
            text: this.ACTION(() => unquoted(token.image)),
            quoted: true,
            span: spanOfToken(token),
          };
        },
      },
      { ALT: (): ScopeExpr => this.SUBRULE(this.word) },
    ]),
  );

  readonly word: Rule = this.RULE('scopeTerm', (): ScopeExpr => {
    const token = this.CONSUME(t.ScopeWord);
    const span = spanOfToken(token);
    let node: ScopeExpr = { kind: 'keyword', text: token.image, quoted: false, span };
    this.OPTION(() => {
      const operator = this.OR(
        [t.Equal, t.NotEqual, t.LessEqual, t.GreaterEqual, t.Less, t.Greater].map((type, index) => ({
          ALT: () => this.consume(index + 1, type),
        })),
      );
      const value = this.OR2([{ ALT: () => this.CONSUME2(t.ScopeWord) }, { ALT: () => this.CONSUME(t.Text) }]);
      node = this.ACTION(() => ({
        kind: 'metadata',
        field: token.image,
        operator: operator.image === '==' ? '=' : operator.image,
        value: value.image.startsWith('"') ? unquoted(value.image) : value.image,
        span: between(span, spanOfToken(value)),
      }));
    });
    return node;
  });
}
