/** File header: `ElfFile\0` … u16 at 40: size of its block; u16 at 42: chunks. A chunk alone, carved from a disk, has none. */
export const fileMagic = Buffer.from('ElfFile\0');
export const chunkMagic = Buffer.from('ElfChnk\0');

export const chunkBytes = 65_536;
const usualHeaderBytes = 4096;

/** Where the chunks begin. */
export const headerBlockBytes = (start: Buffer): number => {
  if (!start.subarray(0, 8).equals(fileMagic)) return 0;
  const size = start.length >= 42 ? start.readUInt16LE(40) : 0;
  return size >= 128 ? size : usualHeaderBytes;
};
