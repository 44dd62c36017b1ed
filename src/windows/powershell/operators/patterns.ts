import { RuntimeFailure } from '../engine/error-record.ts';

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** `-like`'s wildcards: `*`, `?`, `[a-z]`; a backtick escapes one. */
export const wildcardPattern = (pattern: string, caseSensitive: boolean): RegExp => {
  const tokens = pattern.match(/`[^]|\[[^\]]+\]|[^]/g) ?? [];
  const source = tokens
    .map((token) => {
      if (token.length > 1 && token.startsWith('`')) return escapeRegex(token.slice(1));
      if (token.length > 1) return `[${token.slice(1, -1).replace(/[\\\]^]/g, '\\$&')}]`;
      return token === '*' ? '[^]*' : token === '?' ? '[^]' : escapeRegex(token);
    })
    .join('');
  return new RegExp(`^${source}$`, caseSensitive ? '' : 'i');
};

/** A .NET regular expression as JavaScript's: the inline options and anchors that differ. */
export const dotNetRegex = (pattern: string, caseSensitive: boolean, extra = ''): RegExp => {
  let flags = caseSensitive ? extra : `i${extra}`;
  const inline = /^\(\?([imsn]+)\)/.exec(pattern);
  if (inline !== null)
    for (const flag of inline[1] ?? '') if ('ims'.includes(flag) && !flags.includes(flag)) flags += flag;
  const source = pattern
    .slice(inline?.[0].length ?? 0)
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?'(\w+)'/g, '(?<$1>');
  try {
    return new RegExp(source, flags);
  } catch {
    throw new RuntimeFailure(
      'InvalidRegularExpression',
      `parsing "${pattern}" - The regular expression pattern is not valid.`,
      { category: 'InvalidArgument' },
    );
  }
};

/** A .NET replacement text as JavaScript's: `${name}` and `$0`. */
export const dotNetReplacement = (text: string): string =>
  text
    .replace(/\$\{(\w+)\}/g, (_, name: string) => (/^\d+$/.test(name) ? `$${name}` : `$<${name}>`))
    .replace(/\$0/g, '$$&');
