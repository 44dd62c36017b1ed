const letters: Readonly<Record<number, string>> = { 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r', 34: '"', 92: '\\' };

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Escapes as strace's `string_quote` does: letters, else octal, as short as the next byte allows. */
const escape = (byte: number, next: number | undefined, more: string): string => {
  const letter = letters[byte];
  if (letter !== undefined) return `\\${letter}`;
  if (byte >= 32 && byte < 127 && !more.includes(String.fromCharCode(byte))) return String.fromCharCode(byte);
  const octal = byte.toString(8);
  return `\\${isDigit(next) ? octal.padStart(3, '0') : octal}`;
};

const escaped = (bytes: Uint8Array, more: string): string =>
  [...bytes].map((byte, index) => escape(byte, bytes[index + 1], more)).join('');

/** A string in quotes. */
export const quote = (bytes: Uint8Array): string => `"${escaped(bytes, '')}"`;

/** A descriptor with its path, in which `<` and `>` are escaped too. */
export const label = (fd: number, path: string): string => `${fd}<${escaped(Buffer.from(path), '<>')}>`;
