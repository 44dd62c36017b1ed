import { Damaged } from './damaged.ts';

/** Reads little-endian numbers of a chunk from one place to another, and nothing past it. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;

  constructor(bytes: Buffer, at: number, end: number) {
    if (at < 0 || end > bytes.length || at > end) throw new Damaged('a part lies outside its chunk');
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Moves on by `count` bytes and gives the place before them. */
  take(count: number): number {
    const at = this.at;
    if (count > this.end - at) throw new Damaged('a part ends too early');
    this.at = at + count;
    return at;
  }

  u8(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.take(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  /** A count of UTF-16 units, and the text. */
  text(): string {
    const size = this.u16() * 2;
    const at = this.take(size);
    return this.bytes.toString('utf16le', at, at + size);
  }
}
