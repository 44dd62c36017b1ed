import { Damaged } from './damaged.ts';

/**
 * Names of elements and attributes: u32 next, u16 hash, u16 length, UTF-16 text, u16 zero; each stands once in a chunk and is
 * named by its offset. Source: libyal, "Windows XML Event Log (EVTX) format".
 */
export interface Names {
  /** The name at an offset. Throws Damaged. */
  at(offset: number): string;
  /** Whether a name with its own hash stands there. */
  isAt(offset: number): boolean;
  sizeAt(offset: number): number;
}

const headerBytes = 8;

/** Windows' own longest has 50 characters. A chunk could claim a name of 32,767 at each of its bytes. */
const longestName = 512;

export const createNames = (chunk: Buffer): Names => {
  const known = new Map<number, string | null>();
  const read = (offset: number): string | null => {
    if (offset < 0 || offset + headerBytes + 2 > chunk.length) return null;
    const start = offset + headerBytes;
    const length = chunk.readUInt16LE(offset + 6);
    const end = start + length * 2;
    if (length > longestName || end > chunk.length) return null;
    const name = chunk.toString('utf16le', start, end);
    return hashOf(name) === chunk.readUInt16LE(offset + 4) ? name : null;
  };
  const nameAt = (offset: number): string | null => {
    const existing = known.get(offset);
    if (existing !== undefined) return existing;
    const name = read(offset);
    known.set(offset, name);
    return name;
  };
  return {
    at: (offset) => {
      const name = nameAt(offset);
      if (name === null) throw new Damaged('a name is not where its offset says');
      return name;
    },
    isAt: (offset) => nameAt(offset) !== null,
    sizeAt: (offset) => headerBytes + chunk.readUInt16LE(offset + 6) * 2 + 2,
  };
};

const hashOf = (name: string): number => {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 65599) + name.charCodeAt(index)) >>> 0;
  return hash & 0xffff;
};
