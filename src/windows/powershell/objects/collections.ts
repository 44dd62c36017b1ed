import { RuntimeFailure } from '../engine/error-record.ts';
import { noResult } from '../engine/results.ts';
import { compare } from '../operators/compare.ts';
import { asList } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { PsObject, type ListValue, type Method, type Value } from '../values/value.ts';

const whole = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

const same = (a: Value, b: Value): boolean => (a === null || b === null ? a === b : compare(a, b, true) === 0);

/** Methods of ArrayList and List`1. Adding to an ArrayList gives the new index, to a List nothing. */
export const listMethods = (list: ListValue): Readonly<Record<string, Method>> => {
  const at = (item: Value | undefined): number => list.findIndex((known) => same(known, item ?? null));
  const removeAt = (index: number): Value => {
    if (index < 0 || index >= list.length)
      throw new RuntimeFailure(
        'ArgumentOutOfRangeException',
        'Index was out of range. Must be non-negative and less than the size of the collection.',
      );
    list.splice(index, 1);
    return noResult;
  };
  return {
    add: ([item]) => {
      list.push(item ?? null);
      return list.isGeneric ? noResult : list.length - 1;
    },
    addrange: ([items]) => {
      list.push(...asList(items ?? null));
      return noResult;
    },
    insert: ([index, item]) => {
      list.splice(whole(index), 0, item ?? null);
      return noResult;
    },
    remove: ([item]) => {
      const index = at(item);
      if (index >= 0) removeAt(index);
      return list.isGeneric ? index >= 0 : noResult;
    },
    removeat: ([index]) => removeAt(whole(index)),
    clear: () => {
      list.length = 0;
      return noResult;
    },
    contains: ([item]) => at(item) >= 0,
    indexof: ([item]) => at(item),
    toarray: () => [...list],
    reverse: () => {
      list.reverse();
      return noResult;
    },
    sort: () => {
      list.sort((a, b) => compare(a, b, false));
      return noResult;
    },
  };
};

/** A System.Text.StringBuilder. */
export const createStringBuilder = ([initial]: readonly Value[]): PsObject => {
  let text = typeof initial === 'string' ? initial : '';
  const grown = (more: string): PsObject => {
    text += more;
    builder.set('Length', text.length);
    return builder;
  };
  const builder: PsObject = new PsObject(['System.Text.StringBuilder'], [['Length', text.length]], {
    methods: {
      append: ([value]) => grown(toText(value ?? null)),
      appendline: ([value]) => grown(`${toText(value ?? null)}\r\n`),
      insert: ([index, value]) => {
        text = text.slice(0, whole(index)) + toText(value ?? null) + text.slice(whole(index));
        return grown('');
      },
      replace: ([old, value]) => {
        text = text.replaceAll(toText(old ?? null), () => toText(value ?? null));
        return grown('');
      },
      clear: () => {
        text = '';
        return grown('');
      },
      tostring: () => text,
    },
  });
  return builder;
};

/** A System.Random. Its numbers are the session's: no seed gives .NET's own series. */
export const createRandom = (random: () => number): PsObject =>
  new PsObject(['System.Random'], [], {
    methods: {
      next: ([first, second]) => {
        const [least, most] =
          second === undefined ? [0, first === undefined ? 2 ** 31 - 1 : whole(first)] : [whole(first), whole(second)];
        return Math.floor(least + random() * (most - least));
      },
      nextbytes: ([buffer]) => {
        if (buffer instanceof Uint8Array)
          for (let index = 0; index < buffer.length; index++) buffer[index] = Math.floor(random() * 256);
        return noResult;
      },
    },
  });

/** A System.Uri. */
export const createUri = (text: string): PsObject => {
  if (!URL.canParse(text)) {
    throw new RuntimeFailure('UriFormatException', 'Invalid URI: The format of the URI could not be determined.', {
      category: 'InvalidArgument',
      type: 'System.UriFormatException',
    });
  }
  const url = new URL(text);
  const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ftp:': 21 };
  return new PsObject(
    ['System.Uri'],
    [
      ['AbsolutePath', url.pathname],
      ['AbsoluteUri', url.href],
      ['Authority', url.host],
      ['Host', url.hostname],
      ['Port', url.port === '' ? (ports[url.protocol] ?? -1) : Number(url.port)],
      ['Query', url.search],
      ['PathAndQuery', `${url.pathname}${url.search}`],
      ['Scheme', url.protocol.replace(':', '')],
      ['OriginalString', text],
      ['IsAbsoluteUri', true],
    ],
    { text: url.href },
  );
};
