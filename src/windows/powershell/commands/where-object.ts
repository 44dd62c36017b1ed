import { valueOfBlock } from '../engine/invoke.ts';
import { readProperty } from '../objects/properties.ts';
import { applyBinary } from '../operators/binary.ts';
import { readBinaryWord } from '../syntax/operators.ts';
import { asList } from '../values/convert.ts';
import { toBoolean, toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';

const blocks = (value: Value | undefined): ScriptBlockValue[] =>
  asList(value ?? null).filter((item) => item instanceof ScriptBlockValue);

const comparisons = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'like',
  'notlike',
  'match',
  'notmatch',
  'contains',
  'notcontains',
  'in',
  'notin',
  'is',
  'isnot',
];

const whereTest = (context: CmdletContext): ((item: Value) => Promise<boolean>) => {
  const [block] = blocks(context.argument('FilterScript'));
  if (block !== undefined) return async (item) => toBoolean(await valueOfBlock(block, context.frame, item));
  const property = toText(context.argument('Property') ?? context.argument('FilterScript') ?? '');
  const used = [...comparisons, ...comparisons.map((name) => `c${name}`)].find((name) => context.has(name));
  const operator = used === undefined ? null : readBinaryWord(used);
  if (used === undefined || operator === null)
    return (item) => Promise.resolve(toBoolean(readProperty(item, property)));
  const right = context.argument('Value') ?? null;
  const { caseSensitive } = operator;
  return (item) =>
    Promise.resolve(
      toBoolean(
        applyBinary(operator.operator, readProperty(item, property), right, {
          caseSensitive,
          setMatches: (groups) => context.frame.scope.set('Matches', groups),
        }),
      ),
    );
};

export const whereObject: Cmdlet = {
  name: 'Where-Object',
  parameters: [
    { name: 'FilterScript', position: 0 },
    { name: 'Property' },
    { name: 'Value', position: 1 },
    { name: 'InputObject' },
    ...[...comparisons, ...comparisons.map((name) => `c${name}`)].map((name) => ({ name, isSwitch: true })),
  ],
  start: (context) => {
    const test = whereTest(context);
    return {
      process: async (input) => {
        if (input !== undefined && (await test(input))) await context.frame.streams.output(input);
      },
    };
  },
};
