import type { ParserMethod } from 'chevrotain';
import type { Alias, DelimiterOptions, Extracted, ParseStage, SumoExpr, SumoStage } from './ast.ts';
import { NamesParser } from './names-parser.ts';
import { quotedPattern, spanOfToken, unquoted } from './token-text.ts';
import * as t from './tokens.ts';

type Rule<T> = ParserMethod<[], T>;

const nowhere = { start: 0, end: 0 };

/** Operators that take fields out of texts. `nodrop`, `field=` and the names may come in any order that vendors write them in. */
export class ExtractionParser extends NamesParser {
  /** `parse [regex] [field=f] "…" [as a, b] [nodrop] [multi]`, further patterns behind commas. */
  readonly parseStage: Rule<SumoStage> = this.RULE('parse', (): SumoStage => {
    const operator = this.CONSUME(t.Name);
    let regex = this.ACTION(() => operator.image.toLowerCase() === 'extract');
    let field: SumoExpr | null = null;
    let nodrop = false;
    let multi = false;
    const patterns: { readonly pattern: string; readonly regex: boolean; aliases: readonly Alias[] }[] = [];
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
            const pattern = this.ACTION(() => quotedPattern(token.image));
            patterns.push({ pattern, regex, aliases: [] });
          },
        },
        { ALT: () => this.CONSUME(t.Comma) },
        {
          ALT: () => {
            this.CONSUME(t.As);
            const aliases = this.SUBRULE(this.aliases);
            const last = patterns.at(-1);
            if (last !== undefined) last.aliases = aliases;
          },
        },
      ]);
    });
    const parts = patterns.map(({ regex: isRegex, ...part }): ParseStage =>
      isRegex
        ? { kind: 'parse-regex', multi, field, nodrop, ...part, span: nowhere }
        : { kind: 'parse-anchor', field, nodrop, ...part, span: nowhere },
    );
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'parse-several', parts, span: nowhere };
  });

  /** `json [auto] [field=f] "a.b", "c" as x, y [nodrop]`; each path may also carry its own name. */
  readonly jsonStage: Rule<SumoStage> = this.RULE('json', (): SumoStage => {
    this.CONSUME(t.Name);
    let field: SumoExpr | null = null;
    let nodrop = false;
    let auto = false;
    let arrays = false;
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
            const option = this.CONSUME(t.JsonOption);
            arrays ||= this.ACTION(() => option.image.toLowerCase() === 'extractarrays');
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
    return { kind: 'json', field, nodrop, auto, arrays, paths: found, span: nowhere };
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

  /** `keyvalue [auto [delim=":"]|infer|regex "…"] [keys] "a", "b" as x, y [nodrop]`. */
  readonly keyvalueStage: Rule<SumoStage> = this.RULE('keyvalue', (): SumoStage => {
    this.CONSUME(t.Name);
    let field: SumoExpr | null = null;
    let nodrop = false;
    let pattern: string | null = null;
    let delim: string | null = null;
    let auto = false;
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
        {
          ALT: () => {
            this.CONSUME(t.Auto);
            auto = true;
          },
        },
        { ALT: () => this.CONSUME(t.JsonOption) },
        {
          ALT: () => {
            this.CONSUME(t.Delim);
            this.OPTION(() => this.CONSUME(t.Equal));
            const token = this.OR2([{ ALT: () => this.CONSUME3(t.Text) }, { ALT: () => this.CONSUME(t.SingleQuoted) }]);
            delim = this.ACTION(() => unquoted(token.image));
          },
        },
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
    return { kind: 'keyvalue', field, nodrop, auto, delim, keys: found, pattern, span: nowhere };
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
