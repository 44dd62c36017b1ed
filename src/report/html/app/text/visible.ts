/**
 * Text from hosts and telemetry is hostile. Characters that are unseen, or that change how their neighbors are shown
 * (controls, escape sequences, bidirectional overrides, zero-width and private-use characters), become visible symbols.
 */
const unseen = /\r\n|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

const names: Readonly<Record<number, string>> = {
  0xad: 'SHY', 0x200b: 'ZWSP', 0x200c: 'ZWNJ', 0x200d: 'ZWJ', 0x200e: 'LRM', 0x200f: 'RLM', 0x2028: 'LSEP', 0x2029: 'PSEP',
  0x202a: 'LRE', 0x202b: 'RLE', 0x202c: 'PDF', 0x202d: 'LRO', 0x202e: 'RLO', 0x2060: 'WJ',
  0x2066: 'LRI', 0x2067: 'RLI', 0x2068: 'FSI', 0x2069: 'PDI', 0xfeff: 'BOM',
}; // prettier-ignore

const hex = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

const symbolOf = (code: number): string => {
  // Unicode's own pictures of the C0 controls, in their order.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨${names[code] ?? hex(code)}⟩`;
};

/** Plain text, or a symbol that stands for the character `code`, for example `U+202E`. */
export type TextPart = string | { readonly symbol: string; readonly code: string };

/** `lines` keeps line ends and tabs as they are; otherwise the text is one line and they are symbols too. */
export const visibleParts = (text: string, lines = false): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(unseen)) {
    const [found] = match;
    if (lines && (found === '\n' || found === '\t')) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + found.length;
    if (found !== '\r\n') {
      const code = found.codePointAt(0) ?? 0;
      parts.push({ symbol: symbolOf(code), code: hex(code) });
    } else if (lines) parts.push('\n');
    else parts.push({ symbol: '␍␊', code: 'U+000D U+000A' });
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
};

/** One line for an attribute, a title or an accessible name. */
export const visible = (text: string): string =>
  visibleParts(text)
    .map((part) => (typeof part === 'string' ? part : part.symbol))
    .join('');
