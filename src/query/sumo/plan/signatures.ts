import type { ScalarType } from '../../../model/table.ts';

/** A function of Sumo's: what stands for it in the function tables, what it gives, how many arguments it takes. */
export interface Signature {
  readonly fn: string;
  readonly result: ScalarType;
  readonly least: number;
  readonly most: number;
}

const of = (fn: string, result: ScalarType, least: number, most = least): Signature => ({
  fn: `sumo:${fn}`,
  result,
  least,
  most,
});

const many = Number.POSITIVE_INFINITY;

const reals = ['abs', 'acos', 'asin', 'atan', 'cbrt', 'ceil', 'floor', 'cos', 'cosh', 'sin', 'sinh', 'tan', 'tanh'];
const moreReals = ['exp', 'expm1', 'log', 'log10', 'log1p', 'sqrt'];
const addressTests = ['ispublicip', 'isprivateip', 'isreservedip', 'isvalidip', 'isvalidipv4', 'isvalidipv6'];

/** By their names in lower case. */
export const signatures: Readonly<Record<string, Signature>> = {
  ...Object.fromEntries([...reals, ...moreReals].map((name) => [name, of(name, 'real', 1)])),
  ...Object.fromEntries(addressTests.map((name) => [name, of(name, 'bool', 1)])),
  atan2: of('atan2', 'real', 2),
  hypot: of('hypot', 'real', 2),
  pow: of('pow', 'real', 2),
  round: of('round', 'real', 1, 2),
  todegrees: of('degrees', 'real', 1),
  toradians: of('radians', 'real', 1),
  max: of('max', 'real', 2, many),
  min: of('min', 'real', 2, many),
  isnan: of('isnan', 'bool', 1),
  isinfinity: of('isinfinity', 'bool', 1),
  isnumeric: of('isnumeric', 'bool', 1),
  isnull: of('isnull', 'bool', 1),
  isempty: of('isempty', 'bool', 1),
  isblank: of('isblank', 'bool', 1),
  tolowercase: of('lower', 'string', 1),
  lower: of('lower', 'string', 1),
  touppercase: of('upper', 'string', 1),
  upper: of('upper', 'string', 1),
  length: of('length', 'long', 1),
  trim: of('trim', 'string', 1),
  contains: of('contains', 'bool', 2),
  concat: of('concat', 'string', 1, many),
  substring: of('substring', 'string', 2, 3),
  num: of('number', 'real', 1),
  number: of('number', 'real', 1),
  double: of('number', 'real', 1),
  todouble: of('number', 'real', 1),
  tolong: of('long', 'long', 1),
  long: of('long', 'long', 1),
  toint: of('long', 'long', 1),
  int: of('long', 'long', 1),
  tostring: of('text', 'string', 1),
  format: of('format', 'string', 1, many),
  parsedate: of('parsedate', 'long', 2, 3),
  // Times are milliseconds here wherever they come from.
  frommillis: of('long', 'long', 1),
  tomillis: of('long', 'long', 1),
  fromseconds: of('from-seconds', 'long', 1),
  tourl: of('tourl', 'string', 2),
  formatdate: of('formatdate', 'string', 1, 3),
  getcidrprefix: of('getcidrprefix', 'string', 2),
  comparecidrprefix: of('comparecidrprefix', 'bool', 3),
  maskfromcidr: of('maskfromcidr', 'string', 1),
  ipv4tonumber: of('ipv4tonumber', 'long', 1),
  luhn: of('luhn', 'bool', 1),
  urldecode: of('urldecode', 'string', 1),
  urlencode: of('urlencode', 'string', 1),
  base64encode: of('base64encode', 'string', 1),
  base64decode: of('base64decode', 'string', 1),
  hextodec: of('hextodec', 'long', 1),
  parsehex: of('hextodec', 'long', 1),
  dectohex: of('dectohex', 'string', 1),
  hextoascii: of('hextoascii', 'string', 1),
  asciitohex: of('asciitohex', 'string', 1),
  hash: of('hash', 'string', 1, 2),
  // Cloud SIEM's names for the same.
  array_contains: of('jsonarraycontains', 'bool', 2),
  size: of('jsonarraysize', 'long', 1),
  tohex: of('asciitohex', 'string', 1),
  fromhex: of('hextoascii', 'string', 1),
  tobase64: of('base64encode', 'string', 1),
  frombase64: of('base64decode', 'string', 1),
  jsonarraysize: of('jsonarraysize', 'long', 1),
  jsonarraycontains: of('jsonarraycontains', 'bool', 2),
  haversine: of('haversine', 'real', 4),
};
