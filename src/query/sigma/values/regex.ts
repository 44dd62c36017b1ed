import { compileLinearRegex } from '../regex/linear-regex.ts';
import { RegexProblem } from '../regex/syntax.ts';

export type TranslatedRegex =
  | { readonly ok: true; readonly source: string; readonly flags: string }
  | { readonly ok: false; readonly problem: string };

/**
 * PCRE's inline flags in front become flags. What no engine can find in linear time is refused, so that no rule can stall a run.
 */
export const translateRegex = (written: string, given: string): TranslatedRegex => {
  const inline = /^\(\?([imsx]+)\)/.exec(written);
  const source = written.slice(inline?.[0].length ?? 0);
  const flags = ['i', 'm', 's'].filter((flag) => given.includes(flag) || inline?.[1]?.includes(flag) === true).join('');
  try {
    compileLinearRegex(source, flags);
    toRegExp(source, flags);
    return { ok: true, source, flags };
  } catch (error) {
    if (error instanceof RegexProblem || error instanceof SyntaxError) return { ok: false, problem: error.message };
    throw error;
  }
};

/** The same as JavaScript's own expression. */
export const toRegExp = (source: string, flags: string): RegExp => new RegExp(translateSyntax(source), flags);

const translateSyntax = (source: string): string =>
  source.replaceAll(/\\[\s\S]|\(\?P</g, (piece) => {
    if (piece === String.raw`\A`) return '(?<![\\s\\S])';
    if (piece === String.raw`\z` || piece === String.raw`\Z`) return '(?![\\s\\S])';
    return piece === '(?P<' ? '(?<' : piece;
  });
