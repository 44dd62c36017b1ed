/** Text of bytes that a host chose: valid UTF-8 is decoded, every other byte is shown as `\xNN` and counted. */
export interface HostText {
  readonly text: string;
  readonly invalidBytes: number;
}

/** One string as strace prints it. `cut` is true when `-s` shortened it. */
export interface CString {
  readonly bytes: Uint8Array;
  readonly cut: boolean;
  /** Index after the string (and after the dots of a cut one). */
  readonly end: number;
}

const simpleEscapes: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  f: 12,
  v: 11,
  a: 7,
  b: 8,
  '"': 34,
  '\\': 92,
};

const isOctal = (code: number): boolean => code >= 48 && code <= 55;

/** Undoes strace's escapes (C's letters, octal of one to three digits, `\xNN`). Takes the text between the quotes. */
export const unescapeC = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code !== 92) {
      bytes[length++] = code;
      continue;
    }
    const escape = text[++index] ?? '\\';
    const hex = escape === 'x' ? /^[0-9a-f]{1,2}/i.exec(text.slice(index + 1, index + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes[length++] = parseInt(hex, 16);
      index += hex.length;
    } else if (isOctal(escape.charCodeAt(0))) {
      let value = 0;
      let digits = 0;
      while (digits < 3 && isOctal(text.charCodeAt(index + digits)))
        value = value * 8 + text.charCodeAt(index + digits++) - 48;
      bytes[length++] = value;
      index += digits - 1;
    } else {
      bytes[length++] = simpleEscapes[escape] ?? escape.charCodeAt(0);
    }
  }
  return bytes.subarray(0, length);
};

/** Reads the string that begins with a quote at `start`; null when there is none or it does not end. */
export const readCString = (text: string, start = 0): CString | null => {
  if (text.charCodeAt(start) !== 34) return null;
  const close = closingQuote(text, start);
  if (close < 0) return null;
  const cut = text.startsWith('...', close + 1);
  return { bytes: unescapeC(text.slice(start + 1, close)), cut, end: close + (cut ? 4 : 1) };
};

/** Index of the quote that ends the string opened at `start`, or -1. */
export const closingQuote = (text: string, start: number): number => {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 92) index++;
    else if (code === 34) return index;
  }
  return -1;
};

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes → text without losing any: what is not UTF-8 stays visible as `\xNN`. */
export const hostText = (bytes: Uint8Array): HostText => {
  try {
    return { text: strict.decode(bytes), invalidBytes: 0 };
  } catch {
    return showInvalid(bytes);
  }
};

const showInvalid = (bytes: Uint8Array): HostText => {
  let text = '';
  let invalidBytes = 0;
  for (let index = 0; index < bytes.length;) {
    const character = characterAt(bytes, index);
    if (character === null) {
      text += `\\x${(bytes[index] ?? 0).toString(16).padStart(2, '0')}`;
      invalidBytes++;
      index++;
    } else {
      text += character.text;
      index += character.length;
    }
  }
  return { text, invalidBytes };
};

const characterAt = (bytes: Uint8Array, index: number): { text: string; length: number } | null => {
  const lead = bytes[index] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    return { text: strict.decode(bytes.subarray(index, index + length)), length };
  } catch {
    return null;
  }
};
