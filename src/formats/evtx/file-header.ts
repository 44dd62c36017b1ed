export const fileMagic = Buffer.from('ElfFile\0');
export const chunkMagic = Buffer.from('ElfChnk\0');

export const chunkBytes = 65_536;

export interface FileHeader {
  /** Where the chunks begin. */
  readonly bytes: number;
  /** How many there are at least: a log in use may have more. */
  readonly chunks: number;
}

const usualBytes = 4096;

/**
 * File header: `ElfFile\0` … u16 at 40: size of its block; u16 at 42: chunks. A chunk alone, carved from a disk, has none. Takes as much
 * of the file as there is.
 */
export const readFileHeader = (start: Buffer): FileHeader => {
  if (start.subarray(0, chunkMagic.length).equals(chunkMagic)) return { bytes: 0, chunks: 0 };
  const size = start.length >= 44 ? start.readUInt16LE(40) : 0;
  return { bytes: size >= 128 ? size : usualBytes, chunks: size >= 128 ? start.readUInt16LE(42) : 1 };
};
