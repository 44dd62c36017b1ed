import type { LogScalar, LogValue } from '../../model/log-event.ts';
import { Damaged } from './damaged.ts';
import { guidText, sidText } from './identity-values.ts';
import { fileTimeText, systemTimeText } from './time-values.ts';

/** Types of values in binary XML; `array` is added to any of them. Source: [MS-EVEN6] 2.2.12. */
export const valueTypes = {
  null: 0x00,
  string: 0x01,
  ansiString: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  boolean: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  size: 0x10,
  fileTime: 0x11,
  systemTime: 0x12,
  sid: 0x13,
  hexInt32: 0x14,
  hexInt64: 0x15,
  binaryXml: 0x21,
} as const;

const arrayBit = 0x80;

const fixedSizes: Readonly<Partial<Record<number, number>>> = {
  [valueTypes.int8]: 1,
  [valueTypes.uint8]: 1,
  [valueTypes.int16]: 2,
  [valueTypes.uint16]: 2,
  [valueTypes.int32]: 4,
  [valueTypes.uint32]: 4,
  [valueTypes.int64]: 8,
  [valueTypes.uint64]: 8,
  [valueTypes.real32]: 4,
  [valueTypes.real64]: 8,
  [valueTypes.boolean]: 4,
  [valueTypes.guid]: 16,
  [valueTypes.fileTime]: 8,
  [valueTypes.systemTime]: 16,
  [valueTypes.hexInt32]: 4,
  [valueTypes.hexInt64]: 8,
};

/** A value as Windows prints it; whole numbers that a double holds are numbers. Null is no value. Throws Damaged. */
export const readValue = (bytes: Buffer, type: number, at: number, size: number): LogValue => {
  // Nearly all values are text.
  if (type === valueTypes.string) return readText(bytes, at, size);
  if (size === 0 || type === valueTypes.null) return null;
  if ((type & arrayBit) !== 0) return readArray(bytes, type & ~arrayBit, at, size);
  if (size < (fixedSizes[type] ?? 0)) throw new Damaged('a value is shorter than its type');
  return readScalar(bytes, type, at, size);
};

/** Zeros that end a C string are no part of it. */
const readText = (bytes: Buffer, at: number, size: number): string => {
  let end = at + (size & ~1);
  while (end > at && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  return bytes.toString('utf16le', at, end);
};

const readScalar = (bytes: Buffer, type: number, at: number, size: number): LogScalar => {
  switch (type) {
    case valueTypes.ansiString:
      return new TextDecoder('windows-1252').decode(bytes.subarray(at, at + size)).replace(/\0+$/, '');
    case valueTypes.int8:
      return bytes.readInt8(at);
    case valueTypes.uint8:
      return bytes.readUInt8(at);
    case valueTypes.int16:
      return bytes.readInt16LE(at);
    case valueTypes.uint16:
      return bytes.readUInt16LE(at);
    case valueTypes.int32:
      return bytes.readInt32LE(at);
    case valueTypes.uint32:
      return bytes.readUInt32LE(at);
    case valueTypes.int64:
      return exact(bytes.readBigInt64LE(at));
    case valueTypes.uint64:
      return exact(bytes.readBigUInt64LE(at));
    case valueTypes.real32:
      return real(Number(bytes.readFloatLE(at).toPrecision(7)));
    case valueTypes.real64:
      return real(bytes.readDoubleLE(at));
    case valueTypes.boolean:
      return bytes.readUInt32LE(at) === 0 ? 'false' : 'true';
    case valueTypes.guid:
      return guidText(bytes, at);
    case valueTypes.size:
      return size === 4 || size === 8 ? hexText(bytes, at, size) : binaryText(bytes, at, size);
    case valueTypes.fileTime:
      return fileTimeText(bytes, at);
    case valueTypes.systemTime:
      return systemTimeText(bytes, at);
    case valueTypes.sid:
      return sidText(bytes, at, size) ?? binaryText(bytes, at, size);
    case valueTypes.hexInt32:
      return hexText(bytes, at, 4);
    case valueTypes.hexInt64:
      return hexText(bytes, at, 8);
    default:
      // What binary is, and what no document describes: nothing is lost.
      return binaryText(bytes, at, size);
  }
};

const exact = (value: bigint): LogScalar => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
};

const real = (value: number): LogScalar => (Number.isFinite(value) ? value : String(value));

const hexText = (bytes: Buffer, at: number, size: number): string => {
  const low = bytes.readUInt32LE(at);
  const high = size === 8 ? bytes.readUInt32LE(at + 4) : 0;
  return high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
};

const binaryText = (bytes: Buffer, at: number, size: number): string =>
  bytes.toString('hex', at, at + size).toUpperCase();

const readArray = (bytes: Buffer, type: number, at: number, size: number): LogValue => {
  if (type === valueTypes.string) return readText(bytes, at, size).split('\0');
  if (type === valueTypes.ansiString) return String(readScalar(bytes, type, at, size)).split('\0');
  const step = type === valueTypes.size ? 8 : fixedSizes[type];
  if (step === undefined || size % step !== 0) return binaryText(bytes, at, size);
  return Array.from({ length: size / step }, (_, index) => readScalar(bytes, type, at + index * step, step));
};
