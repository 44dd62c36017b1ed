import { parseDynamic, type Dynamic } from '../../query/values/dynamic.ts';
import { fromJs } from './from-js.ts';

// What JavaScript's own parser, which is several times as fast, does not keep: integers beyond 2^53, the difference between 1 and 1.0,
// and the order of keys that look like numbers. In a text it does no harm to be careful.
const needsCare = /\d{16}|\.0+[,}\]\s]|\d[eE][+-]?\d|"\d+"\s*:/;

/** JSON text as a dynamic value, exactly; undefined when it is no JSON. */
export const parseRecord = (text: string): Dynamic | undefined => {
  if (needsCare.test(text)) return parseDynamic(text);
  try {
    return fromJs(JSON.parse(text));
  } catch {
    // It may be JSON with what the service forgives: control characters in texts, NaN.
    return parseDynamic(text);
  }
};
