import type { IToken } from 'chevrotain';
import type { Span } from '../../plan/span.ts';
import { partsOf } from '../operators/drop-invalid.ts';
import { signatures } from '../plan/signatures.ts';
import type { SumoExpr, SumoStage } from '../syntax/ast.ts';
import { lex } from '../syntax/lexer.ts';
import { parseSumo, segmentsOf } from '../syntax/parse-sumo.ts';
import { spanOfToken } from '../syntax/token-text.ts';
import * as t from '../syntax/tokens.ts';

/** A piece of a query and what it should say. */
export interface Fix {
  readonly span: Span;
  readonly replacement: string;
}

/** Functions that `if` and arithmetic are in both languages, and those that Sumo has. */
const isKnown = (node: SumoExpr): boolean =>
  (node.kind !== 'call' || node.name.toLowerCase() === 'if' || Object.hasOwn(signatures, node.name.toLowerCase())) &&
  partsOf(node).every(isKnown);

const isEquivalent = (stage: SumoStage): boolean => {
  if (stage.kind === 'expression') return stage.alias !== null && isKnown(stage.expr);
  return stage.kind === 'aggregate' && stage.calls.every(({ args }) => args.every(isKnown));
};

/** Whether what a fix writes is one operator of Sumo's that says the same. */
const reads = (text: string): boolean => {
  const { query, problems } = parseSumo(`* | ${text}`);
  return problems.length === 0 && query.stages.length > 0 && query.stages.every(isEquivalent);
};

/** The parts between commas that stand in no brackets. */
const splitAtCommas = (tokens: readonly IToken[]): readonly (readonly IToken[])[] => {
  const parts: IToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === t.LParen) depth++;
    if (token.tokenType === t.RParen) depth--;
    if (token.tokenType === t.Comma && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
};

const spanOf = (tokens: readonly IToken[]): Span => {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined
    ? { start: 0, end: 0 }
    : { start: spanOfToken(first).start, end: spanOfToken(last).end };
};

/** `eval x = e, y = f` is `e as x | f as y`. */
const evalAs = (text: string, tokens: readonly IToken[]): string | null => {
  const written = splitAtCommas(tokens.slice(1)).map((part) => {
    const [name, equal, ...expression] = part;
    if (name === undefined || equal?.image !== '=' || expression.length === 0) return null;
    const { start, end } = spanOf(expression);
    return `${text.slice(start, end)} as ${name.image}`;
  });
  return written.includes(null) ? null : written.join(' | ');
};

/** `stats count by x` without its first word. */
const statsAs = (text: string, tokens: readonly IToken[]): string | null => {
  const { start, end } = spanOf(tokens.slice(1));
  return end === 0 ? null : text.slice(start, end);
};

/**
 * Splunk's `stats … by` and `eval x = e` as Sumo writes them, where that says the same: every function is one that Sumo has, and the
 * operator can be read. Anything else stays as it is.
 */
export const fixSplunkWords = (text: string): readonly Fix[] =>
  segmentsOf(lex(text).tokens)
    .slice(1)
    .flatMap((tokens): Fix[] => {
      const word = tokens[0]?.image.toLowerCase();
      if (tokens[1]?.tokenType === t.As) return [];
      const replacement = word === 'stats' ? statsAs(text, tokens) : word === 'eval' ? evalAs(text, tokens) : null;
      return replacement === null || !reads(replacement) ? [] : [{ span: spanOf(tokens), replacement }];
    });

/** The text with all fixes in place. */
export const withFixes = (text: string, fixes: readonly Fix[]): string =>
  fixes
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((fixed, { span, replacement }) => fixed.slice(0, span.start) + replacement + fixed.slice(span.end), text);
