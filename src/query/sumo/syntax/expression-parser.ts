import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenVocabulary } from 'chevrotain';
import type { BinaryOperator, SumoExpr } from './ast.ts';
import { scaledNumber } from './number.ts';
import { between, fieldName, quotedPattern, regexPattern, spanOfToken, unquoted } from './token-text.ts';
import * as t from './tokens.ts';
import { within } from './within.ts';

const operators: Readonly<Record<string, BinaryOperator>> = {
  '==': '=',
  '<>': '!=',
  '&&': 'and',
  '||': 'or',
};

const operatorOf = ({ image }: IToken): BinaryOperator => operators[image] ?? (image.toLowerCase() as BinaryOperator);

type Rule<T> = ParserMethod<[], T>;

/** Expressions, from the loosest binding to the tightest: `?:`, or, and, not, comparisons, sums, products, signs. */
export class ExpressionParser extends EmbeddedActionsParser {
  constructor(vocabulary: TokenVocabulary) {
    super(vocabulary, { maxLookahead: 2, recoveryEnabled: false });
  }

  protected binary(left: SumoExpr, token: IToken, right: SumoExpr): SumoExpr {
    return this.ACTION(() => ({
      kind: 'binary',
      operator: operatorOf(token),
      left,
      right,
      span: between(left.span, right.span),
    }));
  }

  /** Left to right: `a - b - c`. */
  private chain(operand: Rule<SumoExpr>, operator: () => IToken): SumoExpr {
    let left = this.SUBRULE(operand);
    this.MANY(() => {
      const token = operator();
      left = this.binary(left, token, this.SUBRULE2(operand));
    });
    return left;
  }

  readonly expression: Rule<SumoExpr> = this.RULE('expression', (): SumoExpr => {
    const condition = this.SUBRULE(this.disjunction);
    let whole = condition;
    this.OPTION(() => {
      this.CONSUME(t.Question);
      const yes = this.SUBRULE2(this.expression);
      this.CONSUME(t.Colon);
      const no = this.SUBRULE3(this.expression);
      whole = this.ACTION(() => ({ kind: 'conditional', condition, yes, no, span: between(condition.span, no.span) }));
    });
    return whole;
  });

  readonly disjunction: Rule<SumoExpr> = this.RULE('disjunction', () =>
    this.chain(this.conjunction, () => this.CONSUME(t.Or)),
  );

  readonly conjunction: Rule<SumoExpr> = this.RULE('conjunction', () =>
    this.chain(this.negation, () => this.CONSUME(t.And)),
  );

  readonly negation: Rule<SumoExpr> = this.RULE('negation', (): SumoExpr =>
    this.OR([
      {
        ALT: () => {
          const token = this.OR2([{ ALT: () => this.CONSUME(t.Not) }, { ALT: () => this.CONSUME(t.Bang) }]);
          const operand = this.SUBRULE(this.negation);
          return this.ACTION((): SumoExpr => ({
            kind: 'not',
            operand,
            span: between(spanOfToken(token), operand.span),
          }));
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  );

  readonly comparison: Rule<SumoExpr> = this.RULE('comparison', () => {
    let left = this.SUBRULE(this.sum);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.OR2(
              [t.Equal, t.NotEqual, t.LessEqual, t.GreaterEqual, t.Less, t.Greater].map((type, index) => ({
                ALT: () => this.consume(index + 1, type),
              })),
            );
            left = this.binary(left, token, this.SUBRULE2(this.sum));
          },
        },
        {
          ALT: () => {
            let negated = false;
            this.OPTION(() => {
              this.CONSUME(t.Not);
              negated = true;
            });
            this.OR3([
              {
                ALT: () => {
                  const token = this.OR4([
                    { ALT: () => this.CONSUME(t.Matches) },
                    { ALT: () => this.CONSUME(t.Like) },
                    { ALT: () => this.CONSUME(t.Rlike) },
                  ]);
                  const match = this.binary(left, token, this.SUBRULE3(this.sum));
                  left = this.ACTION(() => (negated ? { kind: 'not', operand: match, span: match.span } : match));
                },
              },
              {
                ALT: () => {
                  this.CONSUME(t.Between);
                  const low = this.SUBRULE4(this.sum);
                  this.CONSUME(t.And);
                  const high = this.SUBRULE5(this.sum);
                  left = this.ACTION(() => within(left, low, high, negated));
                },
              },
              {
                ALT: () => {
                  this.CONSUME(t.In);
                  const value = left;
                  const { items, end } = this.SUBRULE(this.list);
                  left = this.ACTION(() => ({
                    kind: 'in',
                    value,
                    items,
                    negated,
                    span: { start: value.span.start, end },
                  }));
                },
              },
            ]);
          },
        },
      ]);
    });
    return left;
  });

  readonly list = this.RULE('list', () => {
    const items: SumoExpr[] = [];
    let end = 0;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LParen);
          this.MANY_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.expression)) });
          end = spanOfToken(this.CONSUME(t.RParen)).end;
        },
      },
      {
        ALT: () => {
          const inner = this.SUBRULE(this.subquery);
          items.push(inner);
          end = this.ACTION(() => inner.span.end);
        },
      },
    ]);
    return { items, end };
  });

  readonly sum: Rule<SumoExpr> = this.RULE('sum', () =>
    this.chain(this.product, () =>
      this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]),
    ),
  );

  readonly product: Rule<SumoExpr> = this.RULE('product', () =>
    this.chain(this.signed, () =>
      this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        { ALT: () => this.CONSUME(t.Slash) },
        { ALT: () => this.CONSUME(t.Percent) },
      ]),
    ),
  );

  readonly signed: Rule<SumoExpr> = this.RULE('signed', (): SumoExpr =>
    this.OR([
      {
        ALT: () => {
          const sign = this.CONSUME(t.Minus);
          const operand = this.SUBRULE(this.signed);
          return this.ACTION((): SumoExpr => ({
            kind: 'negate',
            operand,
            span: between(spanOfToken(sign), operand.span),
          }));
        },
      },
      { ALT: () => this.SUBRULE(this.primary) },
    ]),
  );

  readonly primary: Rule<SumoExpr> = this.RULE('primary', (): SumoExpr =>
    this.OR([
      {
        ALT: (): SumoExpr => {
          const token = this.CONSUME(t.Text);
          return {
            kind: 'text',
            value: this.ACTION(() => unquoted(token.image)),
            raw: this.ACTION(() => quotedPattern(token.image)),
            span: spanOfToken(token),
          };
        },
      },
      {
        ALT: (): SumoExpr => {
          const token = this.CONSUME(t.NumberText);
          return { kind: 'number', value: token.image, real: /[.eE]/.test(token.image), span: spanOfToken(token) };
        },
      },
      {
        ALT: (): SumoExpr => {
          const token = this.CONSUME(t.Duration);
          const value = scaledNumber(token.image);
          return { kind: 'number', value: String(value), real: !Number.isInteger(value), span: spanOfToken(token) };
        },
      },
      {
        ALT: (): SumoExpr => {
          const token = this.CONSUME(t.RegexText);
          return { kind: 'regex', pattern: regexPattern(token.image), span: spanOfToken(token) };
        },
      },
      { ALT: (): SumoExpr => ({ kind: 'null', span: spanOfToken(this.CONSUME(t.Null)) }) },
      { ALT: (): SumoExpr => ({ kind: 'truth', value: true, span: spanOfToken(this.CONSUME(t.True)) }) },
      { ALT: (): SumoExpr => ({ kind: 'truth', value: false, span: spanOfToken(this.CONSUME(t.False)) }) },
      {
        ALT: (): SumoExpr => {
          const token = this.CONSUME(t.Parameter);
          return { kind: 'parameter', name: token.image.slice(2, -2).trim(), span: spanOfToken(token) };
        },
      },
      { ALT: (): SumoExpr => this.SUBRULE(this.fieldOrCall) },
      { ALT: (): SumoExpr => this.SUBRULE(this.subquery) },
      {
        ALT: (): SumoExpr => {
          this.CONSUME(t.LParen);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(t.RParen);
          return inner;
        },
      },
    ]),
  );

  readonly subquery: Rule<SumoExpr> = this.RULE('innerQuery', (): SumoExpr => {
    const token = this.CONSUME(t.Subquery);
    return { kind: 'subquery', text: token.image, span: spanOfToken(token) };
  });

  readonly fieldOrCall: Rule<SumoExpr> = this.RULE('fieldOrCall', (): SumoExpr => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.In) }, // `in (x, y, z)` is also a function
    ]);
    let node: SumoExpr = this.ACTION(() => ({ kind: 'field', name: fieldName(token.image), span: spanOfToken(token) }));
    this.OPTION2(() => {
      this.CONSUME(t.LBracket);
      const key = this.CONSUME(t.Text);
      const close = this.CONSUME(t.RBracket);
      node = this.ACTION(() => ({
        kind: 'call',
        name: '[]',
        args: [node, { kind: 'text', value: unquoted(key.image), raw: key.image.slice(1, -1), span: spanOfToken(key) }],
        span: between(spanOfToken(token), spanOfToken(close)),
      }));
    });
    this.OPTION(() => {
      const args: SumoExpr[] = [];
      this.CONSUME(t.LParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.argument)) });
      const close = this.CONSUME(t.RParen);
      node = this.ACTION(() => ({
        kind: 'call',
        name: fieldName(token.image),
        args,
        span: between(spanOfToken(token), spanOfToken(close)),
      }));
    });
    return node;
  });

  /** `count(*)`. */
  readonly argument: Rule<SumoExpr> = this.RULE('argument', (): SumoExpr =>
    this.OR([
      { ALT: (): SumoExpr => ({ kind: 'field', name: '*', span: spanOfToken(this.CONSUME(t.Star)) }) },
      { ALT: () => this.SUBRULE(this.expression) },
    ]),
  );
}
