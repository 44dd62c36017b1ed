import fc from 'fast-check';
import type { LogValue } from '../../../src/model/log-event.ts';

// A small alphabet, so that values and events meet often; with what is special to wildcards, case and dashes.
const pieces = [
  'a',
  'b',
  'AB',
  'É',
  'é',
  ' ',
  '-',
  '/',
  '\u2013',
  '\\',
  '*',
  '?',
  '\\*',
  '%',
  '.',
  '1',
  '0x1f',
  'cmd',
  '😀',
  '',
];
/** Texts that mean something to wildcards, or nearly do. */
export const text = fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join(''));
const field = fc.constantFrom('A', 'B', 'C');

const expression = fc.constantFrom(
  'a+b',
  'cmd',
  '^a',
  'b$',
  '[^a]b',
  'a|b',
  '(?:ab)+',
  'é',
  '\\d',
  '\\bcmd\\b',
  '(?i)CMD.*a',
  'a.b',
);
const network = fc.constantFrom('10.0.0.0/8', '192.168.1.0/30', '2001:db8::/32');

const item = fc
  .oneof(
    fc.tuple(
      field,
      fc.constantFrom(
        '',
        '|contains',
        '|startswith',
        '|endswith',
        '|cased',
        '|contains|cased',
        '|windash',
        '|contains|windash',
        '|neq',
        '|contains|neq',
      ),
      fc.oneof(text, fc.constantFrom(1, 31, true, null), fc.array(text, { minLength: 1, maxLength: 3 })),
    ),
    fc.tuple(
      field,
      fc.constantFrom('|contains|all', '|endswith|all', '|all'),
      fc.array(text, { minLength: 2, maxLength: 3 }),
    ),
    fc.tuple(field, fc.constantFrom('|re', '|re|i', '|re|s', '|re|m', '|re|startswith'), expression),
    fc.tuple(field, fc.constant('|cidr'), network),
    fc.tuple(field, fc.constantFrom('|gt', '|gte', '|lt', '|lte', '|hour', '|week'), fc.integer({ min: 0, max: 40 })),
    fc.tuple(field, fc.constant('|exists'), fc.boolean()),
    fc.tuple(field, fc.constantFrom('|fieldref', '|fieldref|contains', '|fieldref|neq'), field),
    fc.tuple(
      field,
      fc.constantFrom('|base64', '|base64offset|contains', '|wide|base64offset|contains'),
      fc.constantFrom('ab', 'cmd'),
    ),
  )
  .map(([name, modifiers, value]) => [name + modifiers, value] as const)
  .filter(([key, value]) => value !== null || !/contains|startswith|endswith|cased|windash/.test(key));

const selection = fc.oneof(
  { weight: 5, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => Object.fromEntries(items)) },
  {
    weight: 2,
    arbitrary: fc.array(
      item.map((one) => Object.fromEntries([one])),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { weight: 1, arbitrary: fc.array(text, { minLength: 1, maxLength: 3 }) },
);

const condition: fc.Arbitrary<string> = fc.letrec<{ readonly node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('s1', 's2', 's3', '1 of s*', 'all of s*', '1 of them'),
    tie('node').map((one) => `not ${one}`),
    fc.tuple(tie('node'), fc.constantFrom('and', 'or'), tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).node;

/** Detections with three selections. */
export const rule = fc.record({ s1: selection, s2: selection, s3: selection, condition });

const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      1,
      31,
      0,
      true,
      null,
      '10.1.2.3',
      '192.168.1.3',
      '2001:db8::1',
      'cmd',
      'ab',
      'YWI=',
      'Y21k',
      '2024-05-31T12:30:00Z',
    ),
  },
);
const value: fc.Arbitrary<LogValue> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
);
/** Fields of events, some of them absent. */
export const event = fc.record({ A: value, B: value, C: value }, { requiredKeys: [] });
