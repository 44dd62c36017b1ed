import { dotNetRegex, dotNetReplacement } from '../operators/patterns.ts';
import { matchObject } from '../commands/select-string.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import type { StaticMembers } from './statics.ts';

const text = (value: Value | undefined): string => toText(value ?? null);

const regexOf = (pattern: Value | undefined, options: Value | undefined, flags = ''): RegExp =>
  dotNetRegex(text(pattern), !/ignorecase|^1$/i.test(text(options)), flags);

const failed = new PsObject(
  ['System.Text.RegularExpressions.Match'],
  [
    ['Success', false],
    ['Value', ''],
    ['Groups', []],
  ],
);

/** [regex]. Unlike PowerShell's operators, it heeds case. */
export const regexMembers: StaticMembers = {
  methods: {
    ismatch: ([input, pattern, options]) => regexOf(pattern, options).test(text(input)),
    match: ([input, pattern, options]) => {
      const match = regexOf(pattern, options).exec(text(input));
      return match === null ? failed : matchObject(match);
    },
    matches: ([input, pattern, options]) =>
      [...text(input).matchAll(regexOf(pattern, options, 'g'))].map((match) => matchObject(match)),
    replace: ([input, pattern, replacement, options]) =>
      text(input).replace(regexOf(pattern, options, 'g'), dotNetReplacement(text(replacement))),
    split: ([input, pattern, options]) => text(input).split(regexOf(pattern, options)),
    escape: ([value]) => text(value).replace(/[\\*+?|{[()^$.# ]/g, '\\$&'),
    unescape: ([value]) => text(value).replace(/\\(.)/g, '$1'),
  },
};
