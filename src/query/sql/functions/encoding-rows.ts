import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync, deflateSync, inflateSync } from 'node:zlib';
import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { decodeDomain, decodePunycode, encodeDomain, encodePunycode } from '../../values/punycode.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** Hostile text is not always what it says. */
const attempt = <T>(compute: () => T): T | null => {
  try {
    return compute();
  } catch {
    return null;
  }
};

const base64Bytes = (text: string): Buffer | null =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : null;

const utf8 = (bytes: Buffer | null): string | null =>
  bytes === null ? null : attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));

/** No more than a bomb needs. */
const maxOutputLength = 64 * 1024 * 1024;

const inflated = (text: string, unpack: (bytes: Buffer) => Buffer): string | null => {
  const bytes = base64Bytes(text);
  return bytes === null ? null : attempt(() => utf8(unpack(bytes)));
};

const digest = (algorithm: string): RowSpec => ({
  params: ['string'],
  result: 'string',
  compute: (text: string) => createHash(algorithm).update(text, 'utf8').digest('hex'),
});

/** Where the bytes of a guid stand in its text form: its first three groups are little-endian. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

const guidOf = (bytes: Buffer): string | null => {
  if (bytes.length !== 16) return null;
  const hex = guidOrder.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const urlDecode = (text: string): string =>
  text
    .replace(/\+/g, ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => attempt(() => decodeURIComponent(escapes)) ?? escapes);

/** Escapes in small letters, as the service writes them. */
const escaped = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

const decode: RowSpec = {
  params: ['string'],
  result: 'string',
  compute: (text: string) => utf8(base64Bytes(text)),
};

const encode: RowSpec = {
  params: ['string'],
  result: 'string',
  compute: (text: string) => Buffer.from(text, 'utf8').toString('base64'),
};

export const encodingRowFunctions = rowTable({
  base64_decode_tostring: decode,
  base64_decodestring: decode,
  base64_encode_tostring: encode,
  base64_encodestring: encode,
  base64_decode_toarray: {
    params: ['string'],
    result: 'dynamic',
    compute: (text: string) => {
      const bytes = base64Bytes(text);
      return bytes === null ? null : [...bytes].map(BigInt);
    },
  },
  base64_encode_fromarray: {
    params: ['dynamic'],
    result: 'string',
    compute: (list: Dynamic) => (isArray(list) ? Buffer.from(list.map(Number)).toString('base64') : null),
  },
  base64_decode_toguid: {
    params: ['string'],
    result: 'guid',
    compute: (text: string) => {
      const bytes = base64Bytes(text);
      return bytes === null ? null : guidOf(bytes);
    },
  },
  base64_encode_fromguid: {
    params: ['guid'],
    result: 'string',
    compute: (guid: string) => {
      const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
      return Buffer.from(guidOrder.map((index) => bytes[index] ?? 0)).toString('base64');
    },
  },
  punycode_from_string: { params: ['string'], result: 'string', compute: encodePunycode },
  punycode_to_string: { params: ['string'], result: 'string', compute: decodePunycode },
  // The service's names, of which this pair says the direction the other way round.
  punycode_domain_to_string: { params: ['string'], result: 'string', compute: encodeDomain },
  punycode_domain_from_string: { params: ['string'], result: 'string', compute: decodeDomain },
  url_decode: { params: ['string'], result: 'string', compute: urlDecode },
  url_encode: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => escaped(text).replaceAll('%20', '+'),
  },
  url_encode_component: { params: ['string'], result: 'string', compute: escaped },
  hash_md5: digest('md5'),
  hash_sha1: digest('sha1'),
  hash_sha256: digest('sha256'),
  gzip_decompress_from_base64_string: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => inflated(text, (bytes) => gunzipSync(bytes, { maxOutputLength })),
  },
  zlib_decompress_from_base64_string: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => inflated(text, (bytes) => inflateSync(bytes, { maxOutputLength })),
  },
  zlib_compress_to_base64_string: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => deflateSync(Buffer.from(text, 'utf8'), { level: 0 }).toString('base64'),
  },
  gzip_compress_to_base64_string: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => gzipSync(Buffer.from(text, 'utf8')).toString('base64'),
  },
});
