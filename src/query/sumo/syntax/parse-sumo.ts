import { EOF, type IRecognitionException, type IToken } from 'chevrotain';
import type { SumoExpr, SumoQuery, SumoStage } from './ast.ts';
import { lex } from './lexer.ts';
import { aggregateNames, otherOperators } from './operators.ts';
import type { Problem } from './problem.ts';
import { readGeoip, readJoin, readLookup } from './parse-joining.ts';
import { readCompare, readFillmissing, readOutlier, readPredict, readTranspose, readXml } from './parse-series.ts';
import { ScopeParser } from './scope-parser.ts';
import { splunkWords } from './splunk-words.ts';
import { StageParser } from './stage-parser.ts';
import { OperatorProblem, TokenReader } from './token-reader.ts';
import { spanOfToken } from './token-text.ts';
import * as t from './tokens.ts';

class PipelineParser extends StageParser {
  constructor() {
    super(vocabulary);
    this.performSelfAnalysis();
  }
}

class SearchParser extends ScopeParser {
  constructor() {
    super(vocabulary);
    this.performSelfAnalysis();
  }
}

const vocabulary = Object.values(t.modes).flat();
vocabulary.push(EOF);
// Building a grammar takes a moment; a parser holds no state of a query once it has been given the next.
const pipeline = new PipelineParser();
const search = new SearchParser();

export interface ParsedSumo {
  readonly query: SumoQuery;
  readonly problems: readonly Problem[];
}

const isPipe = ({ tokenType }: IToken): boolean => tokenType === t.Pipe || tokenType.name === 'pipe';

/** The tokens between two pipes, so that a mistake in one operator hides none in the others. */
export const segmentsOf = (tokens: readonly IToken[]): readonly (readonly IToken[])[] => {
  const segments: IToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === t.LParen) depth++;
    if (token.tokenType === t.RParen) depth--;
    if (isPipe(token) && depth <= 0) segments.push([]);
    else segments.at(-1)?.push(token);
  }
  return segments;
};

const rules = {
  where: pipeline.whereStage,
  parse: pipeline.parseStage,
  extract: pipeline.parseStage,
  json: pipeline.jsonStage,
  csv: pipeline.delimitedStage,
  split: pipeline.delimitedStage,
  keyvalue: pipeline.keyvalueStage,
  kv: pipeline.keyvalueStage,
  timeslice: pipeline.timesliceStage,
  sort: pipeline.sortStage,
  order: pipeline.sortStage,
  limit: pipeline.limitStage,
  top: pipeline.topStage,
  dedup: pipeline.dedupStage,
  fields: pipeline.fieldsStage,
  withtime: pipeline.withtimeStage,
  accum: pipeline.windowedStage,
  backshift: pipeline.windowedStage,
  diff: pipeline.windowedStage,
  total: pipeline.windowedStage,
  smooth: pipeline.windowedStage,
  rollingstd: pipeline.windowedStage,
  topk: pipeline.topkStage,
} as const;

const readers = {
  transpose: readTranspose,
  fillmissing: readFillmissing,
  outlier: readOutlier,
  predict: readPredict,
  compare: readCompare,
  xml: readXml,
  lookup: readLookup,
  geoip: readGeoip,
} as const;

const isReader = (word: string): word is keyof typeof readers => Object.hasOwn(readers, word);

const isRule = (word: string): word is keyof typeof rules => Object.hasOwn(rules, word);

/** `max(a, b)` of two values is arithmetic, and `fields as x` names a field that happens to be called so. */
const isAggregate = (word: string, tokens: readonly IToken[]): boolean => {
  if (!aggregateNames.has(word)) return false;
  if ((word !== 'min' && word !== 'max') || tokens[1]?.tokenType !== t.LParen) return true;
  let depth = 0;
  for (const { tokenType } of tokens.slice(1)) {
    if (tokenType === t.LParen) depth++;
    if (tokenType === t.RParen && --depth === 0) return true;
    if (tokenType === t.Comma && depth === 1) return false;
  }
  return true;
};

/** Operators whose arguments are words: read token by token. */
const readWords = (tokens: readonly IToken[], problems: Problem[]): SumoStage | null => {
  const words = tokens.slice(0, 2).map(({ image }) => image.toLowerCase());
  const word = words[0] === 'parse' && words[1] === 'xml' ? 'xml' : (words[0] ?? '');
  if (tokens[1] === undefined || tokens[1].tokenType === t.As || (!isReader(word) && word !== 'join')) return null;
  const reader = new TokenReader(tokens.slice(1));
  const stages = (inner: readonly IToken[]): readonly SumoStage[] =>
    segmentsOf(inner).flatMap((segment) => parseStage(segment, problems) ?? []);
  const stage = isReader(word) ? readers[word](reader) : readJoin(reader, stages);
  reader.end();
  return stage;
};

const ruleFor = (tokens: readonly IToken[]): (() => SumoStage) | 'other' => {
  const word = tokens[0]?.image.toLowerCase() ?? '';
  const next = tokens[1]?.tokenType;
  const asOperator = next !== t.As && next !== undefined;
  if (asOperator && isRule(word)) return () => rules[word].call(pipeline);
  if (isAggregate(word, tokens)) return () => pipeline.aggregateStage();
  if (word === 'timeslice') return () => pipeline.timesliceStage();
  if (otherOperators.has(word) && (asOperator || next === undefined)) return 'other';
  return () => pipeline.expressionStage();
};

const problemOf = (error: IRecognitionException, tokens: readonly IToken[]): Problem => {
  const last = tokens.at(-1);
  const atEnd = error.token.tokenType === EOF || Number.isNaN(error.token.startOffset);
  const end = last === undefined ? 0 : spanOfToken(last).end;
  const found = atEnd ? 'the operator ends here' : `${error.token.image} stands here`;
  return {
    code: 'sumo/syntax',
    span: atEnd ? { start: end, end } : spanOfToken(error.token),
    message: `${error.message.replace(/\s*but found:[\s\S]*$/, '').replaceAll(/\s+/g, ' ')} (${found})`,
  };
};

const spanOf = (tokens: readonly IToken[]): { readonly start: number; readonly end: number } => {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined
    ? { start: 0, end: 0 }
    : { start: spanOfToken(first).start, end: spanOfToken(last).end };
};

const parseStage = (tokens: readonly IToken[], problems: Problem[]): SumoStage | null => {
  const [first] = tokens;
  if (first === undefined) return null;
  const span = spanOf(tokens);
  const word = first.image.toLowerCase();
  const hint = Object.hasOwn(splunkWords, word) ? splunkWords[word] : undefined;
  if (hint !== undefined && tokens[1] !== undefined && tokens[1].tokenType !== t.As) {
    const message = `${first.image} is a command of Splunk's language; Sumo has no such operator.`;
    problems.push({ code: 'sumo/splunk-word', span: spanOfToken(first), message, hint });
    return null;
  }
  try {
    const read = readWords(tokens, problems);
    if (read !== null) return { ...read, span };
  } catch (error) {
    if (!(error instanceof OperatorProblem)) throw error;
    problems.push(error.problem);
    return null;
  }
  const rule = ruleFor(tokens);
  if (rule === 'other') return { kind: 'other', operator: word, span };
  pipeline.input = [...tokens];
  const stage = rule();
  const [error] = pipeline.errors;
  if (error !== undefined) {
    problems.push(problemOf(error, tokens));
    return null;
  }
  return { ...stage, span };
};

export interface ParsedExpression {
  readonly expression: SumoExpr | null;
  readonly problems: readonly Problem[];
}

/** An expression alone, as Cloud SIEM's rules hold it: texts may stand in single quotes there. */
export const parseExpression = (text: string, offset: number): ParsedExpression => {
  const { tokens, problems } = lex(' '.repeat(offset) + text, 'pipeline');
  pipeline.input = tokens.map((token) =>
    token.tokenType === t.SingleQuoted
      ? { ...token, tokenType: t.Text, tokenTypeIdx: t.Text.tokenTypeIdx ?? 0 }
      : token,
  );
  const expression = pipeline.expression();
  const [error] = pipeline.errors;
  if (error !== undefined) return { expression: null, problems: [...problems, problemOf(error, tokens)] };
  return { expression: problems.length === 0 ? expression : null, problems };
};

/**
 * A query's text as a tree. Every operator is read on its own: all problems are found in one pass. `offset` is where the text begins in
 * the query that it is a part of.
 */
export const parseSumo = (text: string, offset = 0): ParsedSumo => {
  const { tokens, problems: lexical } = lex(' '.repeat(offset) + text);
  const problems: Problem[] = [...lexical];
  const [head = [], ...segments] = segmentsOf(tokens);
  let scope = null;
  if (head.length > 0) {
    search.input = [...head];
    scope = search.scope();
    const [error] = search.errors;
    if (error !== undefined) {
      problems.push(problemOf(error, head));
      scope = null;
    }
  }
  const stages = segments.flatMap((segment) => parseStage(segment, problems) ?? []);
  return { query: { scope, stages }, problems };
};
