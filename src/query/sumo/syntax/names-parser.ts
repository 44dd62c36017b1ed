import type { ParserMethod } from 'chevrotain';
import type { Alias, SumoExpr } from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import { aliasOf } from './token-text.ts';
import * as t from './tokens.ts';

type Rule<T> = ParserMethod<[], T>;

/** Names, aliases and numbers as the operators take them. */
export class NamesParser extends ExpressionParser {
  readonly wholeNumber: Rule<number> = this.RULE('wholeNumber', (): number => {
    let sign = 1;
    this.OPTION(() => {
      this.CONSUME(t.Minus);
      sign = -1;
    });
    return sign * Number(this.CONSUME(t.NumberText).image);
  });

  /** Names divided by commas; vendors leave a comma behind the last. */
  readonly names: Rule<readonly Alias[]> = this.RULE('names', () => {
    const names: Alias[] = [];
    const take = (alias: Alias): void => {
      names.push(alias);
    };
    take(this.SUBRULE(this.aliasName));
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.OPTION({
        // `parse "…" as a, regex "…"`: what follows is the next pattern.
        GATE: () => !(this.LA(1).tokenType === t.Regex && this.LA(2).tokenType === t.Text),
        DEF: () => {
          take(this.SUBRULE2(this.aliasName));
        },
      });
    });
    return names;
  });

  /** `as (a, b)` or `as a, b`. */
  readonly aliases: Rule<readonly Alias[]> = this.RULE('aliases', () =>
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LParen);
          const names = this.SUBRULE(this.names);
          this.CONSUME(t.RParen);
          return names;
        },
      },
      { ALT: () => this.SUBRULE2(this.names) },
    ]),
  );

  readonly aliasName: Rule<Alias> = this.RULE('aliasName', (): Alias => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Parameter) },
      { ALT: () => this.CONSUME(t.Null) },
    ]);
    return this.ACTION(() => aliasOf(token));
  });

  readonly optionalAlias: Rule<Alias | null> = this.RULE('optionalAlias', (): Alias | null => {
    let alias: Alias | null = null;
    this.OPTION(() => {
      this.CONSUME(t.As);
      alias = this.SUBRULE(this.aliasName);
    });
    return alias;
  });

  readonly fieldOption: Rule<SumoExpr> = this.RULE('fieldOption', (): SumoExpr => {
    this.CONSUME(t.FieldWord);
    this.CONSUME(t.Equal);
    return this.SUBRULE(this.fieldOrCall);
  });
}
