/** `{365abb72-0886-5cc9-0000-0010a1c50d00}`: the first three parts are little-endian. */
export const guidText = (bytes: Buffer, at: number): string => {
  const hex = bytes.toString('hex', at, at + 16);
  const pair = (index: number): string => hex.slice(index * 2, index * 2 + 2);
  const first = pair(3) + pair(2) + pair(1) + pair(0);
  return `{${first}-${pair(5)}${pair(4)}-${pair(7)}${pair(6)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
};

const hexAuthorityFrom = 2 ** 32;

/** `S-1-5-18`: u8 revision, u8 count, u48 authority (big-endian), that many u32. Null when the count does not fit the size. */
export const sidText = (bytes: Buffer, at: number, size: number): string | null => {
  const count = bytes[at + 1] ?? 0;
  if (size < 8 + count * 4) return null;
  const authority = bytes.readUIntBE(at + 2, 6);
  let text = `S-${bytes[at] ?? 0}-${authority < hexAuthorityFrom ? authority : `0x${authority.toString(16)}`}`;
  for (let index = 0; index < count; index++) text += `-${bytes.readUInt32LE(at + 8 + index * 4)}`;
  return text;
};
