import { NotImplemented } from '../../os/not-implemented.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import { asList } from '../values/convert.ts';
import { dotNetRegex } from './patterns.ts';

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `text -split pattern, limit, options`: the pattern is a regular expression unless the options say SimpleMatch. */
export const splitText = (
  left: Value,
  [pattern = null, limit = null, options = null]: readonly Value[],
  caseSensitive: boolean,
): Value => {
  if (pattern instanceof ScriptBlockValue) throw new NotImplemented('-split with a script block');
  const simple = /simplematch/i.test(toText(options));
  const regex = dotNetRegex(simple ? escapePattern(toText(pattern)) : toText(pattern), caseSensitive, 'g');
  const most = Number(coerceNumber(limit)?.value ?? 0);
  return asList(left).flatMap((item) => splitOne(toText(item), regex, most));
};

const splitOne = (text: string, regex: RegExp, most: number): string[] => {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(regex)) {
    if (most > 0 && parts.length >= most - 1) break;
    if (match[0] === '' && (match.index === 0 || match.index >= text.length)) continue;
    parts.push(
      text.slice(from, match.index),
      ...match.slice(1).filter((group): group is string => group !== undefined),
    );
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
};

/** `-split text`: at runs of blanks, none at the ends. */
export const splitAtBlanks = (value: Value): Value =>
  asList(value).flatMap((item) =>
    toText(item)
      .split(/\s+/)
      .filter((part) => part !== ''),
  );
