import { createToken, Lexer, type IToken, type TokenType } from 'chevrotain';

const token = (name: string, pattern: RegExp | string, more: object = {}): TokenType =>
  createToken({ name, pattern, ...more });

export const WhiteSpace = token('WhiteSpace', /\s+/, { group: Lexer.SKIPPED, line_breaks: true });
export const LineComment = token('LineComment', /\/\/[^\n]*/, { group: Lexer.SKIPPED });
export const BlockComment = token('BlockComment', /\/\*[\s\S]*?\*\//, { group: Lexer.SKIPPED, line_breaks: true });
export const Text = token('text', /"(?:\\[\s\S]|[^"\\])*"/, { line_breaks: true });
export const OpenText = token('unterminated text', /"(?:\\[\s\S]|[^"\\])*/, { line_breaks: true });
/** Anything that may be named: identifiers, and the words that are keywords only in their place. */
export const Name = createToken({ name: 'name', pattern: Lexer.NA });

export const Identifier = token(
  'identifier',
  /(?:[A-Za-z_@#$]|\{\{[^{}]*\}\})(?:[\w@#$]|\{\{[^{}]*\}\})*(?:\.(?:\w|\{\{[^{}]*\}\})+)*/,
  { categories: [Name] },
);
export const Parameter = token('{{parameter}}', /\{\{[^{}]*\}\}/, { longer_alt: Identifier });
export const QuotedField = token('quoted field', /%"(?:\\[\s\S]|[^"\\])*"/, { categories: [Name] });
export const OddField = token('odd field', /%[A-Za-z_](?:[\w.-]|\[\d+\])*/, { categories: [Name] });

const word = (name: string, pattern: RegExp): TokenType => token(name, pattern, { longer_alt: Identifier });
const soft = (name: string, pattern: RegExp): TokenType =>
  token(name, pattern, { longer_alt: Identifier, categories: [Name] });

export const As = word('as', /as/i);
export const By = word('by', /by/i);
export const And = word('and', /and/i);
export const Or = word('or', /or/i);
export const Not = word('not', /not/i);
export const In = word('in', /in/i);
export const Matches = word('matches', /matches/i);
export const Like = soft('like', /like/i);
export const Rlike = soft('rlike', /rlike/i);
export const Between = soft('between', /between/i);
export const Nodrop = word('nodrop', /nodrop/i);
export const Null = word('null', /null/i);
export const True = word('true', /true/i);
export const False = word('false', /false/i);
export const Extract = soft('extract', /extract/i);
export const Group = soft('group', /group/i);
export const Asc = soft('asc', /asc(?:ending)?/i);
export const Desc = soft('desc', /desc(?:ending)?/i);
export const Multi = soft('multi', /multi/i);
export const Auto = soft('auto', /auto/i);
export const Regex = soft('regex', /regexp?/i);
export const Keys = soft('keys', /keys/i);
export const FieldWord = soft('field', /field/i);
export const Infer = soft('infer', /infer/i);
export const Delim = soft('delim', /delim/i);
export const Buckets = soft('buckets', /buckets?/i);
export const JsonOption = soft('option', /maxdepth|extractarrays|refonly/i);

export const Duration = token('duration', /\d+(?:\.\d+)?(?:ms|[smhdwkKMGTB]|[kKMGT]B?)(?![A-Za-z0-9_])/);
export const NumberText = token('number', /(?:\d+\.\d+|\d+|\.\d+)(?:[eE][+-]?\d+)?/);
export const LParen = token('(', /\(/);
export const RParen = token(')', /\)/);
export const LBracket = token('[', /\[/);
export const RBracket = token(']', /\]/);
export const Comma = token(',', /,/);
export const NotEqual = token('!=', /!=|<>/);
export const LessEqual = token('<=', /<=/);
export const GreaterEqual = token('>=', />=/);
export const Equal = token('=', /==?/);
export const Less = token('<', /</);
export const Greater = token('>', />/);
export const Plus = token('+', /\+/);
export const Minus = token('-', /-/);
export const Star = token('*', /\*/);
export const Slash = token('/', /\//);
export const Percent = token('%', /%/);
export const Question = token('?', /\?/);
export const Colon = token(':', /:/);
export const Bang = token('!', /!/);
/** One text in single quotes, as `delim=':'` takes it. */
export const SingleQuoted = token('quoted character', /'(?:\\[\s\S]|[^'\\])*'/);

const operands: ReadonlySet<TokenType> = new Set([
  Text,
  Identifier,
  QuotedField,
  OddField,
  NumberText,
  Duration,
  RParen,
  RBracket,
  Parameter,
]);

/** A slash begins a regular expression where no operand stands before it. */
const matchRegex = (text: string, offset: number, before: readonly IToken[]): RegExpExecArray | null => {
  const last = before.at(-1);
  if (text[offset] !== '/' || (last !== undefined && operands.has(last.tokenType))) return null;
  const pattern = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/y;
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

export const RegexText = createToken({
  name: 'regular expression',
  pattern: { exec: matchRegex },
  start_chars_hint: ['/'],
  line_breaks: false,
});

/** Behind `lookup … from`: a path is no expression, and `//` in it begins no comment. */
const matchPath = (text: string, offset: number, before: readonly IToken[]): RegExpExecArray | null => {
  if (before.at(-1)?.image.toLowerCase() !== 'from') return null;
  const operator = before.findLastIndex(({ tokenType }) => tokenType.name === 'pipe' || tokenType === Pipe);
  if (before[operator + 1]?.image.toLowerCase() !== 'lookup') return null;
  const pattern = /(?:[a-z]+:\/\/)?"(?:\\[\s\S]|[^"\\])*"|[^\s"|]+/iy;
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

export const LookupPath = createToken({ name: 'path', pattern: { exec: matchPath }, line_breaks: false });

export const Pipe = token('|', /\|/, { push_mode: 'pipeline' });
export const DoublePipe = token('||', /\|\|/, { categories: [Or] });
export const DoubleAnd = token('&&', /&&/, { categories: [And] });

// The scope expression: words as they come, up to a blank, a quote, a bracket or a comparison.
export const ScopeWord = token(
  'word',
  /(?:\{\{[^{}]*\}\}|\\.|[^\s()"|=<>!\\])(?:\{\{[^{}]*\}\}|\\.|[^\s()"|=<>\\!]|!(?!=))*/,
);
export const Subquery = token(
  'subquery',
  /\[\s*subquery\s*(?:(?:from|to)\s*=\s*\([^)]*\)\s*)*:(?:"(?:\\[\s\S]|[^"\\])*"|[^\]"])*\]/i,
  {
    line_breaks: true,
  },
);
const scopeWord = (name: string, pattern: RegExp): TokenType => token(name, pattern, { longer_alt: ScopeWord });
export const ScopeAnd = scopeWord('AND', /and/i);
export const ScopeOr = scopeWord('OR', /or/i);
export const ScopeNot = scopeWord('NOT', /not/i);

const shared = [WhiteSpace, LineComment, BlockComment, Text, OpenText];
const comparisons = [NotEqual, LessEqual, GreaterEqual, Equal, Less, Greater];

export const modes: Readonly<Record<'scope' | 'pipeline', TokenType[]>> = {
  scope: [...shared, Pipe, Subquery, ...comparisons, LParen, RParen, Bang, ScopeAnd, ScopeOr, ScopeNot, ScopeWord],
  pipeline: [
    WhiteSpace,
    LookupPath,
    LineComment,
    BlockComment,
    RegexText,
    Text,
    OpenText,
    SingleQuoted,
    QuotedField,
    OddField,
    // Longer words first: where `as` matches, `asc` is only ever an identifier.
    ...[Asc, Infer, JsonOption, Like, Rlike, Between],
    ...[As, By, And, Or, Not, In, Matches, Nodrop, Null, True, False, Extract, Group, Desc, Multi, Auto, Regex],
    ...[FieldWord, Buckets, Delim, Keys],
    Parameter,
    Name,
    Identifier,
    Duration,
    NumberText,
    DoublePipe,
    DoubleAnd,
    token('pipe', /\|/, { categories: [Pipe] }),
    Subquery,
    ...[LParen, RParen, LBracket, RBracket, Comma],
    ...comparisons,
    ...[Plus, Minus, Star, Slash, Percent, Question, Colon, Bang],
  ],
};
