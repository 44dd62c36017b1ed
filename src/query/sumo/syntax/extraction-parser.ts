import type { ParserMethod } from 'chevrotain';
import type { Alias, DelimiterOptions, Extracted, SumoExpr, SumoStage } from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import { aliasOf, quotedPattern, spanOfToken, unquoted } from './token-text.ts';
import * as t from './tokens.ts';

type Rule<T> = ParserMethod<[], T>;

const nowhere = { start: 0, end: 0 };

/** Operators that take fields out of texts. `nodrop`, `field=` and the names may come in any order that vendors write them in. */
export class ExtractionParser extends ExpressionParser {
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
      this.OPTION(() => {
        take(this.SUBRULE2(this.aliasName));
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

  /** `parse [regex] [field=f] "…" [as a, b] [nodrop] [multi]`, further patterns behind commas. */
  readonly parseStage: Rule<SumoStage> = this.RULE('parse', (): SumoStage => {
    const operator = this.CONSUME(t.Name);
    let regex = this.ACTION(() => operator.image.toLowerCase() === 'extract');
    let field: SumoExpr | null = null;
    let nodrop = false;
    let multi = false;
    let pattern: string | null = null;
    let patterns = 0;
    let aliases: readonly Alias[] = [];
    this.AT_LEAST_ONE(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Regex);
            regex = true;
          },
        },
        { ALT: () => (field = this.SUBRULE(this.fieldOption)) },
        {
          ALT: () => {
            this.CONSUME(t.Nodrop);
            nodrop = true;
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Multi);
            multi = true;
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Text);
            pattern = quotedPattern(token.image);
            patterns++;
          },
        },
        { ALT: () => this.CONSUME(t.Comma) },
        {
          ALT: () => {
            this.CONSUME(t.As);
            aliases = this.SUBRULE(this.aliases);
          },
        },
      ]);
    });
    if (patterns > 1) return { kind: 'other', operator: 'parse with several patterns', span: nowhere };
    const common = { field, nodrop, aliases, pattern: pattern ?? '', span: nowhere };
    return regex ? { kind: 'parse-regex', multi, ...common } : { kind: 'parse-anchor', ...common };
  });

  /** `json [auto] [field=f] "a.b", "c" as x, y [nodrop]`; each path may also carry its own name. */
  readonly jsonStage: Rule<SumoStage> = this.RULE('json', (): SumoStage => {
    this.CONSUME(t.Name);
    let field: SumoExpr | null = null;
    let nodrop = false;
    let auto = false;
    const found: Extracted[] = [];
    let names: readonly Alias[] = [];
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => (field = this.SUBRULE(this.fieldOption)) },
        {
          ALT: () => {
            this.CONSUME(t.Nodrop);
            nodrop = true;
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Auto);
            auto = true;
            this.OPTION2(() => this.CONSUME(t.Keys));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.JsonOption);
            this.OPTION(() => this.CONSUME(t.NumberText));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Text);
            const span = spanOfToken(token);
            const from = this.ACTION(() => unquoted(token.image));
            found.push({ from, alias: { name: from, span }, span });
          },
        },
        { ALT: () => this.CONSUME(t.Comma) },
        {
          ALT: () => {
            this.CONSUME(t.As);
            names = this.SUBRULE(this.aliases);
            this.ACTION(() => nameLast(found, names));
          },
        },
      ]);
    });
    return { kind: 'json', field, nodrop, auto, paths: found, span: nowhere };
  });

  readonly extracted: Rule<Extracted> = this.RULE('extracted', (): Extracted => {
    let position: string | null = null;
    let span = nowhere;
    this.OPTION(() => {
      const token = this.CONSUME(t.NumberText);
      position = token.image;
      span = spanOfToken(token);
      this.OPTION2(() => this.CONSUME(t.As));
    });
    const alias = this.SUBRULE(this.aliasName);
    return { from: position ?? '', alias, span };
  });

  readonly delimiterOption = this.RULE('delimiterOption', (): Partial<DelimiterOptions> => {
    const name = this.CONSUME(t.Name);
    this.CONSUME(t.Equal);
    const value = this.OR([{ ALT: () => this.CONSUME(t.SingleQuoted) }, { ALT: () => this.CONSUME(t.Text) }]);
    return this.ACTION(() => ({ [name.image.toLowerCase()]: unquoted(value.image) }));
  });

  /** `split f delim=':' extract 1 as a, 3 as b`; without positions the names count from 1, and `_` passes one over. */
  readonly delimitedStage: Rule<SumoStage> = this.RULE('delimited', (): SumoStage => {
    const operator = this.CONSUME(t.Name);
    const options: Partial<DelimiterOptions>[] = [];
    let field: SumoExpr | null = null;
    this.MANY({
      GATE: () => this.LA(1).tokenType !== t.Extract,
      DEF: () => {
        const isOption = (): boolean => this.LA(2).tokenType === t.Equal;
        const isField = (): boolean => this.LA(1).tokenType === t.FieldWord;
        this.OR({
          IGNORE_AMBIGUITIES: true,
          DEF: [
            { GATE: () => isOption() && isField(), ALT: () => (field = this.SUBRULE(this.fieldOption)) },
            { GATE: () => isOption(), ALT: () => options.push(this.SUBRULE(this.delimiterOption)) },
            { ALT: () => (field = this.SUBRULE(this.fieldOrCall)) },
          ],
        });
      },
    });
    const items: Extracted[] = [];
    let nodrop = false;
    this.CONSUME(t.Extract);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.extracted)) });
    this.OPTION(() => {
      this.CONSUME(t.Nodrop);
      nodrop = true;
    });
    return this.ACTION(() => {
      const kind = operator.image.toLowerCase() === 'csv' ? 'csv' : 'split';
      const defaults: DelimiterOptions = { delim: ',', escape: '\\', quote: '"' };
      const numbered = items.map((item, index) => ({
        ...item,
        from: item.from === '' ? String(index + 1) : item.from,
      }));
      return {
        kind,
        field,
        nodrop,
        items: numbered,
        options: Object.assign(defaults, ...options) as DelimiterOptions,
        span: nowhere,
      };
    });
  });

  /** `keyvalue [auto|infer|regex "…"] [keys] "a", "b" as x, y [nodrop]`. */
  readonly keyvalueStage: Rule<SumoStage> = this.RULE('keyvalue', (): SumoStage => {
    this.CONSUME(t.Name);
    let field: SumoExpr | null = null;
    let nodrop = false;
    let pattern: string | null = null;
    const found: Extracted[] = [];
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => (field = this.SUBRULE(this.fieldOption)) },
        {
          ALT: () => {
            this.CONSUME(t.Nodrop);
            nodrop = true;
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Regex);
            const token = this.CONSUME(t.Text);
            pattern = quotedPattern(token.image);
          },
        },
        { ALT: () => this.CONSUME(t.Keys) },
        { ALT: () => this.CONSUME(t.Infer) },
        { ALT: () => this.CONSUME(t.Auto) },
        { ALT: () => this.CONSUME(t.Comma) },
        {
          ALT: () => {
            const token = this.CONSUME2(t.Text);
            const span = spanOfToken(token);
            const from = this.ACTION(() => unquoted(token.image));
            found.push({ from, alias: { name: from, span }, span });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.As);
            const names = this.SUBRULE(this.aliases);
            this.ACTION(() => nameLast(found, names));
          },
        },
      ]);
    });
    return { kind: 'keyvalue', field, nodrop, keys: found, pattern, span: nowhere };
  });
}

/** `"a", "b" as x, y` names what was found last, as many as there are names: `"a" as x, "b" as y` names each in turn. */
const nameLast = (found: Extracted[], names: readonly Alias[]): void => {
  const from = Math.max(0, found.length - names.length);
  names.forEach((alias, index) => {
    const item = found[from + index];
    if (item !== undefined) found[from + index] = { ...item, alias };
  });
};
