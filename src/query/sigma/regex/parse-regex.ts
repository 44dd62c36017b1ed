import {
  charSet,
  complement,
  digits,
  everything,
  foldCase,
  newlines,
  spaces,
  wordChars,
  type CharSet,
} from './char-set.ts';
import { RegexProblem, type Assertion, type RegexSyntax } from './syntax.ts';

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

const deepest = 200;

/** JavaScript's syntax without lookaround and back references; PCRE's `\A`, `\z`, `\Z` and inline flags besides. */
export const parseRegex = (source: string, given: string): RegexSyntax => {
  let at = 0;
  let depth = 0;
  let flags: Flags = { i: given.includes('i'), m: given.includes('m'), s: given.includes('s') };

  const peek = (text: string): boolean => source.startsWith(text, at);
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) at += match[0].length;
    return match;
  };
  const folded = (set: CharSet): CharSet => (flags.i ? foldCase(set) : set);
  const chars = (set: CharSet): RegexSyntax => ({ kind: 'chars', set });

  const choice = (): RegexSyntax => {
    if (++depth > deepest) throw new RegexProblem('it is nested too deeply');
    const outer = flags;
    const of = [sequence()];
    while (peek('|')) {
      at++;
      of.push(sequence());
    }
    flags = outer;
    depth--;
    return of.length === 1 ? (of[0] ?? { kind: 'sequence', of: [] }) : { kind: 'choice', of };
  };

  const sequence = (): RegexSyntax => {
    const of: RegexSyntax[] = [];
    while (at < source.length && !peek('|') && !peek(')')) {
      const inline = take(/\(\?([imsux]+)\)/y);
      if (inline === null) of.push(repeated(atom()));
      else flags = withFlags(flags, inline[1] ?? '', '');
    }
    return { kind: 'sequence', of };
  };

  const repeated = (of: RegexSyntax): RegexSyntax => {
    const match = take(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\?|\+)?/y);
    if (match === null) return of;
    const [, sign, least, comma, most, after] = match;
    if (after === '+')
      throw new RegexProblem('a possessive quantifier is beyond the regular expressions that Sigma allows');
    if (of.kind === 'assert') throw new RegexProblem('nothing to repeat');
    const low = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
    const high = sign === undefined ? bound(low, comma, most) : sign === '?' ? 1 : Infinity;
    if (high < low) throw new RegexProblem('numbers out of order in {} quantifier');
    if (take(/[*+?]/y) !== null) throw new RegexProblem('nothing to repeat');
    return { kind: 'repeat', of, least: low, most: high };
  };

  const atom = (): RegexSyntax => {
    if (peek('(')) return group();
    if (peek('[')) return chars(charClass());
    if (peek('\\')) return escape();
    const char = source.charAt(at++);
    if (char === '.') return chars(flags.s ? everything : complement(newlines));
    if (char === '^') return { kind: 'assert', assertion: flags.m ? 'line-start' : 'text-start' };
    if (char === '$') return { kind: 'assert', assertion: flags.m ? 'line-end' : 'text-end' };
    if ('*+?'.includes(char)) throw new RegexProblem('nothing to repeat');
    return chars(folded(single(char.charCodeAt(0))));
  };

  const group = (): RegexSyntax => {
    const opened = take(/\((?:\?(?:(?:P?<(?![=!])[^>]*>)|:|([imsu]*)(?:-([imsu]+))?:))?/y);
    if (opened === null || peek('?'))
      throw new RegexProblem(`"${source.slice(at, at + 4)}" is beyond the regular expressions that Sigma allows`);
    const outer = flags;
    flags = withFlags(flags, opened[1] ?? '', opened[2] ?? '');
    const inner = choice();
    flags = outer;
    if (!peek(')')) throw new RegexProblem('a group is not closed');
    at++;
    return inner;
  };

  const escape = (): RegexSyntax => {
    const assertion = assertions[take(/\\([bBAzZ])/y)?.[1] ?? ''];
    if (assertion !== undefined) return { kind: 'assert', assertion };
    return chars(folded(escapedSet(false)));
  };

  /** After a backslash: a class, or a character. */
  const escapedSet = (inClass: boolean): CharSet => {
    const code = take(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|c([a-z]))/iy);
    if (code !== null) {
      const [, x, u, c] = code;
      return single(c === undefined ? parseInt(x ?? u ?? '', 16) : c.charCodeAt(0) % 32);
    }
    const char = source.charAt(at + 1);
    at += 2;
    if (char === '') throw new RegexProblem('a backslash stands at the end');
    const known = classes[char];
    if (known !== undefined) return known;
    if (char === 'b' && inClass) return single(8);
    if (/[1-9]/.test(char) || (char === 'k' && peek('<')))
      throw new RegexProblem('a back reference is beyond the regular expressions that Sigma allows');
    if (/[pP]/.test(char) && peek('{'))
      throw new RegexProblem('a character property is beyond the regular expressions that Sigma allows');
    return single(controls[char] ?? char.charCodeAt(0));
  };

  const charClass = (): CharSet => {
    const negated = take(/\[(\^)?/y)?.[1] !== undefined;
    const ranges: (readonly [number, number])[] = [];
    while (!peek(']')) {
      if (at >= source.length) throw new RegexProblem('a character class is not closed');
      const from = classMember();
      if (!peek('-') || source.charAt(at + 1) === ']') {
        ranges.push(...from);
        continue;
      }
      at++;
      if (at >= source.length) throw new RegexProblem('a character class is not closed');
      const to = classMember();
      const [low, high] = [onlyChar(from), onlyChar(to)];
      if (low === null || high === null) ranges.push(...from, [45, 45], ...to);
      else if (high < low) throw new RegexProblem('range out of order in character class');
      else ranges.push([low, high]);
    }
    at++;
    const set = folded(charSet(...ranges));
    return negated ? complement(set) : set;
  };

  const classMember = (): CharSet => (peek('\\') ? escapedSet(true) : single(source.charCodeAt(at++)));

  const syntax = choice();
  if (at < source.length) throw new RegexProblem('a bracket closes no group');
  return syntax;
};

const single = (code: number): CharSet => [[code, code]];

const onlyChar = (set: CharSet): number | null => {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : null;
};

const bound = (low: number, comma: string | undefined, most: string | undefined): number =>
  comma === undefined ? low : most === undefined || most === '' ? Infinity : Number(most);

const withFlags = (flags: Flags, on: string, off: string): Flags => ({
  i: (flags.i || on.includes('i')) && !off.includes('i'),
  m: (flags.m || on.includes('m')) && !off.includes('m'),
  s: (flags.s || on.includes('s')) && !off.includes('s'),
});

const classes: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: complement(digits),
  w: wordChars,
  W: complement(wordChars),
  s: spaces,
  S: complement(spaces),
};

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 };

const assertions: Readonly<Record<string, Assertion>> = {
  b: 'boundary',
  B: 'no-boundary',
  A: 'text-start',
  z: 'text-end',
  Z: 'text-end',
};
