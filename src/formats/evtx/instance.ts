import type { Cursor } from './cursor.ts';
import { Damaged } from './damaged.ts';

/**
 * A template's use: u8, u32 id, u32 offset of the definition, which stands right here where it is used first; then the values:
 * u32 count, per value u16 size, u8 type, u8; then their bytes.
 */
export interface Instance {
  /** Offset of the definition in the chunk. */
  readonly definition: number;
  readonly count: number;
  /** Offset of the first value's descriptor. */
  readonly descriptors: number;
  /** Where each value begins. */
  readonly offsets: readonly number[];
}

const definitionHeaderBytes = 24;
const descriptorBytes = 4;

/** Reads from after the token to after the last value. Throws Damaged. */
export const readInstance = (cursor: Cursor): Instance => {
  const { definition, count, descriptors } = readHead(cursor);
  const offsets: number[] = [];
  for (let index = 0; index < count; index++) {
    offsets.push(cursor.take(cursor.bytes.readUInt16LE(descriptors + index * descriptorBytes)));
  }
  return { definition, count, descriptors, offsets };
};

export const skipInstance = (cursor: Cursor): void => {
  const { count, descriptors } = readHead(cursor);
  for (let index = 0; index < count; index++) {
    cursor.take(cursor.bytes.readUInt16LE(descriptors + index * descriptorBytes));
  }
};

const readHead = (cursor: Cursor): Omit<Instance, 'offsets'> => {
  cursor.take(5);
  const definition = cursor.u32();
  if (definition === cursor.at) {
    cursor.take(definitionHeaderBytes + definitionSize(cursor.bytes, definition));
  }
  const count = cursor.u32();
  if (count > cursor.left / descriptorBytes) throw new Damaged('a template has more values than fit');
  return { definition, count, descriptors: cursor.take(count * descriptorBytes) };
};

/** Where the binary XML of a definition (u32 next, 16 bytes of GUID, u32 size) begins and ends. */
export const definitionRange = (
  chunk: Buffer,
  definition: number,
): { readonly start: number; readonly end: number } => {
  const start = definition + definitionHeaderBytes;
  return { start, end: start + definitionSize(chunk, definition) };
};

const definitionSize = (chunk: Buffer, definition: number): number => {
  if (definition + definitionHeaderBytes > chunk.length) throw new Damaged('a template lies outside its chunk');
  return chunk.readUInt32LE(definition + 20);
};

export const valueSize = (chunk: Buffer, { descriptors }: Instance, index: number): number =>
  chunk.readUInt16LE(descriptors + index * descriptorBytes);

export const valueType = (chunk: Buffer, { descriptors }: Instance, index: number): number =>
  chunk[descriptors + index * descriptorBytes + 2] ?? 0;
