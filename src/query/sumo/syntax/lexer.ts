import { Lexer, type IToken } from 'chevrotain';
import { modes, OpenText } from './tokens.ts';
import type { Problem } from './problem.ts';

const lexer = new Lexer(
  { modes, defaultMode: 'scope' },
  { positionTracking: 'onlyOffset', ensureOptimizations: false },
);

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly problems: readonly Problem[];
}

export const lex = (text: string, mode: 'scope' | 'pipeline' = 'scope'): Lexed => {
  const { tokens, errors } = lexer.tokenize(text, mode);
  const unterminated = tokens.filter(({ tokenType }) => tokenType === OpenText);
  return {
    tokens,
    problems: [
      ...errors.map(({ offset, length }) => ({
        code: 'sumo/character' as const,
        span: { start: offset, end: offset + length },
        message: `This cannot stand here: ${text.slice(offset, offset + Math.min(length, 20))}`,
      })),
      ...unterminated.map(({ startOffset, image }) => ({
        code: 'sumo/unterminated-text' as const,
        span: { start: startOffset, end: startOffset + image.length },
        message: 'The quotation mark that begins here is never closed.',
      })),
    ],
  };
};
