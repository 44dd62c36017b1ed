export type TranslatedRegex =
  | { readonly ok: true; readonly source: string; readonly flags: string }
  | { readonly ok: false; readonly problem: string };

/** Sigma's regular expressions as JavaScript's: PCRE's inline flags in front become flags, its own anchors become ours. */
export const translateRegex = (written: string, given: string): TranslatedRegex => {
  const inline = /^\(\?([imsu]+)\)/.exec(written);
  const source = translateAnchors(written.slice(inline?.[0].length ?? 0));
  const flags = ['i', 'm', 's'].filter((flag) => given.includes(flag) || inline?.[1]?.includes(flag) === true).join('');
  const unsupported = /\(\?(?:<?[=!])|\\[1-9]|\(\?P?=|\\k[<{']/.exec(maskEscapes(source));
  if (unsupported !== null)
    return { ok: false, problem: `"${unsupported[0]}" is beyond the regular expressions that Sigma allows` };
  try {
    new RegExp(source, flags);
    return { ok: true, source, flags };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
};

const translateAnchors = (source: string): string =>
  source.replaceAll(/\\[\s\S]|\(\?P</g, (piece) => {
    if (piece === String.raw`\A`) return '(?<![\\s\\S])';
    if (piece === String.raw`\z` || piece === String.raw`\Z`) return '(?![\\s\\S])';
    return piece === '(?P<' ? '(?<' : piece;
  });

// An escaped bracket opens no group; our own anchors are lookarounds that cost nothing.
const maskEscapes = (source: string): string =>
  source
    .replaceAll('(?<![\\s\\S])', '')
    .replaceAll('(?![\\s\\S])', '')
    .replaceAll(/\\[^1-9k]|\[(?:\\[\s\S]|[^\]\\])*\]/g, '..');
