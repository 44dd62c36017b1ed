import { NotImplemented } from '../../os/not-implemented.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { formatDate } from '../values/dates.ts';
import { asNumber, type TypedNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { DateTime, type Value } from '../values/value.ts';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

const fixed = (value: number, places: number, group: boolean): string => {
  const [whole = '', fraction] = Math.abs(value).toFixed(places).split('.');
  return `${value < 0 ? '-' : ''}${group ? grouped(whole) : whole}${fraction === undefined ? '' : `.${fraction}`}`;
};

const hexadecimal = ({ type, value }: TypedNumber, width: number, letter: string): string => {
  const text = BigInt.asUintN(type === 'long' ? 64 : 32, BigInt(value))
    .toString(16)
    .padStart(width, '0');
  return letter === 'X' ? text.toUpperCase() : text;
};

/** `0.00`, `000`, `#,##0`: custom patterns of digits only. */
const custom = (value: number, pattern: string): string => {
  if (!/^[0#,.]+$/.test(pattern)) throw new NotImplemented(`the number format '${pattern}'`);
  const [whole = '', fraction = ''] = pattern.split('.');
  const [digits = '', rest = ''] = Math.abs(value).toFixed(fraction.length).split('.');
  const least = whole.replace(/[^0]/g, '').length;
  const padded = digits.replace(/^0+(?=\d)/, '').padStart(least, '0');
  const kept = rest.replace(/0+$/, '').padEnd(fraction.replace(/#/g, '').length, '0');
  return `${value < 0 ? '-' : ''}${whole.includes(',') ? grouped(padded) : padded}${kept === '' ? '' : `.${kept}`}`;
};

/** A number by a .NET format. */
export const formatNumberAs = (number: TypedNumber, format: string): string => {
  const [, letter = '', digits = ''] = /^([a-z])(\d*)$/i.exec(format) ?? [];
  const value = Number(number.value);
  const places = digits === '' ? 2 : Number(digits);
  switch (letter.toUpperCase()) {
    case '':
      return custom(value, format);
    case 'D':
      return `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(Number(digits), '0')}`;
    case 'X':
      return hexadecimal(number, Number(digits), letter);
    case 'N':
      return fixed(value, places, true);
    case 'F':
      return fixed(value, places, false);
    case 'P':
      return `${fixed(value * 100, places, true)}%`;
    case 'C':
      return value < 0 ? `($${fixed(-value, places, true)})` : `$${fixed(value, places, true)}`;
    case 'G':
      return toText(numberText(number));
    default:
      throw new NotImplemented(`the number format '${format}'`);
  }
};

const numberText = ({ value }: TypedNumber): string => String(value);

export const formatValue = (value: Value, format: string): string => {
  if (format === '') return toText(value);
  if (value instanceof DateTime) return formatDate(value, format);
  const number = asNumber(value);
  return number === null ? toText(value) : formatNumberAs(number, format);
};

/** `-f`: `{index,width:format}`; doubled braces stand for themselves. */
export const formatComposite = (template: string, values: readonly Value[]): string =>
  template.replace(
    /\{\{|\}\}|\{(\d+)(?:,(-?\d+))?(?::([^}]*))?\}|[{}]/g,
    (token, index?: string, width?: string, format: string = '') => {
      if (token === '{{' || token === '}}') return token.charAt(0);
      if (index === undefined || Number(index) >= values.length) {
        const why =
          index === undefined
            ? 'Input string was not in a correct format.'
            : 'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.';
        throw new RuntimeFailure('FormatError', `Error formatting a string: ${why}.`.replace('..', '.'), {
          target: { text: template, type: 'String' },
        });
      }
      const text = formatValue(values[Number(index)] ?? null, format);
      const space = Number(width ?? 0);
      return space < 0 ? text.padEnd(-space) : text.padStart(space);
    },
  );
