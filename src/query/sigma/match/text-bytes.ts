import type { FieldValue } from './field-value.ts';
import { foldUnit } from './gram-table.ts';

/** Longer texts are rare, and get memory of their own. */
const usualLength = 1 << 16;

/** Bytes that are read beyond the end; zero. */
const margin = 8;

/**
 * A text as bytes, one a character, four of which are read at once: to read a string's characters one by one costs ten times as much.
 * One such text serves all scanners of a thread, which use it one after the other.
 */
export class TextBytes {
  readonly #usual = Buffer.alloc(3 * usualLength + margin);
  readonly #usualWords = wordsOf(this.#usual);
  /** The first of four characters in the lowest byte. */
  words = this.#usualWords;
  /** Characters of the text: of its lower case, where it is not ASCII. */
  length = 0;
  isAscii = true;

  load(value: FieldValue): void {
    const { text } = value;
    const { length } = text;
    // As many bytes as characters: all of it is ASCII.
    this.isAscii = length <= usualLength && this.#usual.write(text, 0, 3 * length, 'utf8') === length;
    if (!this.isAscii) return this.#loadLower(value.lower());
    for (let at = length; at < length + margin; at++) this.#usual[at] = 0;
    this.words = this.#usualWords;
    this.length = length;
  }

  #loadLower(lower: string): void {
    const bytes = Buffer.alloc((lower.length + margin + 3) & ~3);
    for (let index = 0; index < lower.length; index++) bytes[index] = foldUnit(lower.charCodeAt(index));
    this.words = wordsOf(bytes);
    this.length = lower.length;
  }
}

const wordsOf = (bytes: Buffer): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
