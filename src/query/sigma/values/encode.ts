import type { TextValue } from './working-value.ts';
import { literalOf, mapLiterals, type Pattern } from './pattern.ts';

export type Utf16 = 'le' | 'be' | 'bom';

/** The text as UTF-16, a character of the result for each byte. */
export const toUtf16 = (value: TextValue, form: Utf16): TextValue => {
  const encoded = mapLiterals(value.pattern, (literal) => {
    const bytes = Buffer.from(literal, 'utf16le');
    if (form === 'be') bytes.swap16();
    return [{ literal: bytes.toString('latin1') }];
  });
  const mark: Pattern = form === 'bom' ? [{ literal: '\u00ff\u00fe' }] : [];
  return { ...value, written: null, bytes: true, pattern: joined(mark, encoded) };
};

const joined = (mark: Pattern, rest: Pattern): Pattern => mapLiterals([...mark, ...rest], (literal) => [{ literal }]);

/** The text's bytes; null when wildcards make them unknown. */
export const bytesOf = ({ pattern, bytes }: TextValue): Buffer | null => {
  const literal = literalOf(pattern);
  return literal === null ? null : Buffer.from(literal, bytes ? 'latin1' : 'utf8');
};

const startOffsets = [0, 2, 3] as const;
const endOffsets = [0, 3, 2] as const;

/** What stays the same of a text's Base64 form wherever it stands in the encoded whole: one form for each of three shifts. */
export const base64Offsets = (bytes: Buffer): readonly string[] =>
  startOffsets.map((start, shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift, ' '), bytes]).toString('base64');
    return encoded.slice(start, encoded.length - (endOffsets[(bytes.length + shift) % 3] ?? 0));
  });
