import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { masked, parseIpv4, printIpv4 } from '../../values/ip.ts';
import type { FunctionTable } from '../function-table.ts';
import { sumoRows, type SumoRowSpec } from './sumo-row-table.ts';

const isV4 = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text);
const isV6 = (text: string): boolean => ipaddr.IPv6.isValid(text) && text.includes(':');

/** What the registry says of an address; null when it is none. */
const rangeOf = (text: string): string | null => (isV4(text) || isV6(text) ? ipaddr.parse(text).range() : null);

const addressTest = (test: (text: string) => boolean): SumoRowSpec => ({
  params: ['string'],
  result: 'bool',
  onNull: false,
  compute: (text: string) => test(text.trim()),
});

const text = (compute: (value: string) => string | null): SumoRowSpec => ({
  params: ['string'],
  result: 'string',
  compute,
});

const prefixOf = (cidr: string, bits: number): string | null => {
  const address = parseIpv4(cidr);
  return address === null || !(bits >= 0 && bits <= 32) ? null : printIpv4(masked(address.address, bits, 32));
};

const luhn = (value: string): boolean => {
  const digits = value.replaceAll(/[^0-9]/g, '');
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits !== '' && sum % 10 === 0;
};

const decoded = (value: string): string | null => {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

const hashes: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha_1: 'sha1',
  sha2_256: 'sha256',
  sha_256: 'sha256',
};

const jsonArray = (value: string): readonly unknown[] | null => {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const haversine = (lat1: number, long1: number, lat2: number, long2: number): number => {
  const [dLat, dLong] = [radians(lat2 - lat1), radians(long2 - long1)];
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(dLong / 2) ** 2;
  return 6371 * 2 * Math.atan2(Math.sqrt(a), Math.sqrt(1 - a));
};

export const sumoRowFunctions: FunctionTable = sumoRows({
  ispublicip: addressTest((ip) => isV4(ip) && rangeOf(ip) === 'unicast'),
  isprivateip: addressTest((ip) => isV4(ip) && rangeOf(ip) === 'private'),
  // RFC 5735 lists private networks too.
  isreservedip: addressTest((ip) => isV4(ip) && rangeOf(ip) !== 'unicast'),
  isvalidip: addressTest((ip) => isV4(ip) || isV6(ip)),
  isvalidipv4: addressTest(isV4),
  isvalidipv6: addressTest(isV6),
  isnumeric: {
    params: ['string'],
    result: 'bool',
    onNull: false,
    // Java's number texts: no leading zero before digits, hexadecimal, a type letter behind.
    compute: (value: string) =>
      /^-?(?:0x[0-9a-f]+|(?:0|[1-9]\d*)?(?:\.\d+)?(?:e[+-]?\d+)?[lfd]?)$/i.test(value) && /\d/.test(value),
  },
  getcidrprefix: {
    params: ['string', 'long'],
    result: 'string',
    compute: (ip: string, bits: bigint) => prefixOf(ip, Number(bits)),
  },
  comparecidrprefix: {
    params: ['string', 'string', 'long'],
    result: 'bool',
    onNull: false,
    compute: (left: string, right: string, bits: bigint) => {
      const [a, b] = [prefixOf(left, Number(bits)), prefixOf(right, Number(bits))];
      return a !== null && a === b;
    },
  },
  maskfromcidr: {
    params: ['long'],
    result: 'string',
    compute: (bits: bigint) => prefixOf('255.255.255.255', Number(bits)),
  },
  ipv4tonumber: {
    params: ['string'],
    result: 'long',
    compute: (ip: string) => parseIpv4(ip)?.address ?? null,
  },
  // A chain of a Cloud SIEM rule: each expression as often as it has to be, the next only behind it.
  'in-order': {
    params: ['string', 'string'],
    result: 'bool',
    onNull: false,
    compute: (story: string, limits: string) => {
      const wanted = limits.split(' ').map(Number);
      let [step, count] = [0, 0];
      for (const record of story.trim().split(' ')) {
        if (record.charAt(step) !== '1') continue;
        count++;
        if (count >= (wanted[step] ?? 1)) [step, count] = [step + 1, 0];
      }
      return step >= wanted.length;
    },
  },
  'in-network': {
    params: ['string', 'string'],
    result: 'bool',
    onNull: false,
    compute: (ip: string, network: string) => {
      const range = /^\d+(?:\.\d+){3}\/(\d+)$/.exec(network);
      const base = network.split('/')[0] ?? '';
      return range === null ? ip === network : prefixOf(ip, Number(range[1])) === prefixOf(base, Number(range[1]));
    },
  },
  luhn: { params: ['string'], result: 'bool', onNull: false, compute: luhn },
  urldecode: text(decoded),
  urlencode: text((value) => encodeURIComponent(value).replaceAll('%20', '+')),
  base64encode: text((value) => Buffer.from(value).toString('base64')),
  base64decode: text((value) => Buffer.from(value, 'base64').toString()),
  hextodec: {
    params: ['string'],
    result: 'long',
    compute: (value: string) =>
      /^(0x)?[0-9a-f]{1,15}$/i.test(value) ? BigInt(`0x${value.replace(/^0x/i, '')}`) : null,
  },
  dectohex: {
    params: ['string'],
    result: 'string',
    compute: (value: string) =>
      /^-?\d+$/.test(value) ? BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase() : null,
  },
  hextoascii: text((value) =>
    /^(?:[0-9a-f]{2})*$/i.test(value) ? Buffer.from(value, 'hex').toString('latin1') : null,
  ),
  asciitohex: text((value) => Buffer.from(value, 'latin1').toString('hex')),
  hash: {
    params: ['string', 'string'],
    required: 1,
    result: 'string',
    compute: (value: string, kind: string | null) => {
      const algorithm = hashes[(kind ?? 'md5').toLowerCase()];
      return algorithm === undefined ? null : createHash(algorithm).update(value).digest('hex');
    },
  },
  jsonarraysize: {
    params: ['string'],
    result: 'long',
    onNull: -1n,
    compute: (value: string) => BigInt(jsonArray(value)?.length ?? -1),
  },
  jsonarraycontains: {
    params: ['string', 'string'],
    result: 'bool',
    onNull: false,
    compute: (value: string, wanted: string) => jsonArray(value)?.some((item) => String(item) === wanted) ?? false,
  },
  haversine: { params: ['real', 'real', 'real', 'real'], result: 'real', compute: haversine },
});
