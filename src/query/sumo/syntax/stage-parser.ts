import type { IToken, ParserMethod } from 'chevrotain';
import type { AggregateCall, Alias, SortItem, SumoExpr, SumoStage } from './ast.ts';
import { ExtractionParser } from './extraction-parser.ts';
import { scaledNumber } from './number.ts';
import { aliasOf, spanOfToken } from './token-text.ts';
import * as t from './tokens.ts';

type Rule<T> = ParserMethod<[], T>;

const nowhere = { start: 0, end: 0 };

/** One rule per operator; each reads a whole segment between two pipes. Spans of the stages are set by who called. */
export class StageParser extends ExtractionParser {
  readonly whereStage: Rule<SumoStage> = this.RULE('where', (): SumoStage => {
    this.CONSUME(t.Name);
    return { kind: 'where', condition: this.SUBRULE(this.expression), span: nowhere };
  });

  readonly expressionStage: Rule<SumoStage> = this.RULE('expressionStage', (): SumoStage => {
    const expr = this.SUBRULE(this.expression);
    const alias = this.SUBRULE(this.optionalAlias);
    return { kind: 'expression', expr, alias, span: nowhere };
  });

  readonly aggregateCall: Rule<AggregateCall> = this.RULE('aggregateCall', (): AggregateCall => {
    const name = this.CONSUME(t.Name);
    const args: SumoExpr[] = [];
    let end = spanOfToken(name).end;
    this.OPTION(() => {
      this.CONSUME(t.LParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.argument)) });
      end = spanOfToken(this.CONSUME(t.RParen)).end;
    });
    const alias = this.SUBRULE(this.optionalAlias);
    return { name: name.image, args, alias, span: { start: spanOfToken(name).start, end: alias?.span?.end ?? end } };
  });

  /** `count as n, sum(x) as total by a, b`; the word `by` may be missing. */
  readonly aggregateStage: Rule<SumoStage> = this.RULE('aggregate', (): SumoStage => {
    const calls: AggregateCall[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => calls.push(this.SUBRULE(this.aggregateCall)) });
    let keys: readonly Alias[] = [];
    this.OPTION(() => {
      this.OPTION2(() => {
        this.OPTION3(() => this.CONSUME(t.Group));
        this.CONSUME(t.By);
      });
      keys = this.SUBRULE(this.names);
    });
    return { kind: 'aggregate', calls, keys, span: nowhere };
  });

  readonly timesliceStage: Rule<SumoStage> = this.RULE('timeslice', (): SumoStage => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.By));
    let millis: number | null = null;
    let buckets: number | null = null;
    this.OPTION2(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Duration);
            millis = scaledNumber(token.image);
          },
        },
        {
          // So many of them, whatever their size.
          ALT: () => {
            buckets = Number(this.CONSUME(t.NumberText).image);
            this.CONSUME(t.Buckets);
          },
        },
        { ALT: () => this.CONSUME(t.Parameter) },
      ]);
    });
    const alias = this.SUBRULE(this.optionalAlias);
    return { kind: 'timeslice', millis, buckets, alias, span: nowhere };
  });

  readonly sortItem: Rule<SortItem> = this.RULE('sortItem', (): SortItem => {
    let descending = true;
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Plus);
            descending = false;
          },
        },
        { ALT: () => this.CONSUME(t.Minus) },
      ]),
    );
    const expr = this.SUBRULE(this.primary);
    this.OPTION2(() =>
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(t.Asc);
            descending = false;
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Desc);
            descending = true;
          },
        },
      ]),
    );
    return { expr, descending, span: this.ACTION(() => expr.span) };
  });

  readonly sortItems = this.RULE('sortItems', (): readonly SortItem[] => {
    const items: SortItem[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.sortItem)) });
    return items;
  });

  readonly sortStage: Rule<SumoStage> = this.RULE('sort', (): SumoStage => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.By));
    return { kind: 'sort', items: this.SUBRULE(this.sortItems), span: nowhere };
  });

  readonly limitStage: Rule<SumoStage> = this.RULE('limit', (): SumoStage => {
    this.CONSUME(t.Name);
    return { kind: 'limit', count: this.SUBRULE(this.wholeNumber), span: nowhere };
  });

  readonly topStage: Rule<SumoStage> = this.RULE('top', (): SumoStage => {
    this.CONSUME(t.Name);
    const count = this.SUBRULE(this.wholeNumber);
    const keys = this.SUBRULE(this.names);
    let by: readonly SortItem[] = [];
    this.OPTION(() => {
      this.CONSUME(t.By);
      by = this.SUBRULE(this.sortItems);
    });
    return { kind: 'top', count, keys, by, span: nowhere };
  });

  readonly dedupStage: Rule<SumoStage> = this.RULE('dedup', (): SumoStage => {
    this.CONSUME(t.Name);
    let count = 1;
    this.OPTION(() => (count = this.SUBRULE(this.wholeNumber)));
    let keys: readonly Alias[] = [];
    this.OPTION2(() => {
      this.CONSUME(t.By);
      keys = this.SUBRULE(this.names);
    });
    return { kind: 'dedup', count, keys, span: nowhere };
  });

  readonly fieldsStage: Rule<SumoStage> = this.RULE('fields', (): SumoStage => {
    this.CONSUME(t.Name);
    let drop = false;
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Minus);
            drop = true;
          },
        },
        { ALT: () => this.CONSUME(t.Plus) },
      ]);
    });
    return { kind: 'fields', drop, names: this.SUBRULE(this.names), span: nowhere };
  });

  readonly byNames: Rule<readonly Alias[]> = this.RULE('byNames', (): readonly Alias[] => {
    let keys: readonly Alias[] = [];
    this.OPTION(() => {
      this.CONSUME(t.By);
      keys = this.SUBRULE(this.names);
    });
    return keys;
  });

  /** `accum x as y by a`, `backshift x, 2`. */
  readonly windowedStage: Rule<SumoStage> = this.RULE('windowed', (): SumoStage => {
    const operator = this.CONSUME(t.Name);
    const field = this.CONSUME2(t.Name);
    let count: number | null = null;
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      count = this.SUBRULE(this.wholeNumber);
    });
    const alias = this.SUBRULE(this.optionalAlias);
    const keys = this.SUBRULE(this.byNames);
    return this.ACTION(() => ({
      kind: 'windowed',
      operator: operator.image.toLowerCase(),
      field: aliasOf(field),
      count,
      alias,
      keys,
      span: nowhere,
    }));
  });

  /** `topk(10, _count) by a`. */
  readonly topkStage: Rule<SumoStage> = this.RULE('topk', (): SumoStage => {
    this.CONSUME(t.Name);
    this.CONSUME(t.LParen);
    const count = this.SUBRULE(this.wholeNumber);
    this.CONSUME(t.Comma);
    const field = this.SUBRULE(this.aliasName);
    this.CONSUME(t.RParen);
    const keys = this.SUBRULE(this.byNames);
    return { kind: 'topk', count, field, keys, span: nowhere };
  });

  readonly withtimeStage: Rule<SumoStage> = this.RULE('withtime', (): SumoStage => {
    this.CONSUME(t.Name);
    const field: IToken = this.CONSUME2(t.Name);
    return { kind: 'withtime', field: this.ACTION(() => aliasOf(field)), span: nowhere };
  });
}
