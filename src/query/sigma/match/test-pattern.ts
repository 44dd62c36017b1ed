import { dashes, type Pattern, type PatternToken } from '../values/pattern.ts';

export type TextTest = (text: string) => boolean;

/** A test of the whole text that never looks back further than the last `*`. Literals have to be folded already when the text is. */
export const compilePattern = (pattern: Pattern): TextTest => {
  const [first, second, third] = pattern;
  if (pattern.length === 0) return (text) => text === '';
  if (pattern.length === 1) {
    if (first === 'any') return () => true;
    if (typeof first === 'object') return (text) => text === first.literal;
  }
  if (pattern.length === 2 && first === 'any' && typeof second === 'object')
    return (text) => text.endsWith(second.literal);
  if (pattern.length === 2 && typeof first === 'object' && second === 'any')
    return (text) => text.startsWith(first.literal);
  if (pattern.length === 3 && first === 'any' && typeof second === 'object' && third === 'any')
    return (text) => text.includes(second.literal);
  return compileSegments(pattern);
};

type Segment = readonly Exclude<PatternToken, 'any'>[];

/** Between two `*` lies a segment; taking each one's first place after the one before is always enough. */
const compileSegments = (pattern: Pattern): TextTest => {
  const segments = split(pattern);
  const anchoredStart = pattern[0] !== 'any';
  const anchoredEnd = pattern.at(-1) !== 'any';
  const [head = []] = segments;
  const tail = segments.at(-1) ?? [];
  if (segments.length === 1 && anchoredStart && anchoredEnd) return (text) => matchAt(head, text, 0) === text.length;
  const middle = segments.slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : undefined);
  return (text) => {
    let at = anchoredStart ? matchAt(head, text, 0) : 0;
    for (const segment of middle) {
      if (at < 0) return false;
      at = findFrom(segment, text, at);
    }
    return at >= 0 && (!anchoredEnd || endsWith(tail, text, at));
  };
};

const split = (pattern: Pattern): readonly Segment[] => {
  const segments: Exclude<PatternToken, 'any'>[][] = [[]];
  for (const token of pattern) {
    if (token === 'any') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  return segments.filter((segment, index) => segment.length > 0 || (index > 0 && index < segments.length - 1));
};

/** Where the text goes on after the segment; -1 when the segment is not there. */
const matchAt = (segment: Segment, text: string, start: number): number => {
  let at = start;
  for (const token of segment) {
    if (typeof token === 'object') {
      if (!text.startsWith(token.literal, at)) return -1;
      at += token.literal.length;
    } else if (at >= text.length || (token === 'dash' && !dashes.includes(text.charAt(at)))) return -1;
    else at += token === 'one' ? widthAt(text, at) : 1;
  }
  return at;
};

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

const findFrom = (segment: Segment, text: string, start: number): number => {
  const [first] = segment;
  for (let at = start; at <= text.length; at++) {
    if (typeof first === 'object') {
      at = text.indexOf(first.literal, at);
      if (at < 0) return -1;
    } else if (isInsidePair(text, at)) continue;
    const end = matchAt(segment, text, at);
    if (end >= 0) return end;
  }
  return -1;
};

const endsWith = (segment: Segment, text: string, least: number): boolean => {
  for (let at = text.length; at >= least; at--) {
    if (!isInsidePair(text, at) && matchAt(segment, text, at) === text.length) return true;
    if (text.length - at > 2 * lengthOf(segment)) return false;
  }
  return false;
};

const isInsidePair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff;

const lengthOf = (segment: Segment): number =>
  segment.reduce((sum, token) => sum + (typeof token === 'object' ? token.literal.length : 1), 0);
