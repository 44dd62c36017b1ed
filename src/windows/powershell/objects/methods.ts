import { NotImplemented } from '../../os/not-implemented.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { createInvocation } from '../engine/invoke.ts';
import { collector, fromResults, noResult } from '../engine/results.ts';
import type { Frame } from '../engine/session.ts';
import { withOutput } from '../engine/statements.ts';
import { compare } from '../operators/compare.ts';
import { formatDate } from '../values/dates.ts';
import { formatNumberAs } from '../operators/format.ts';
import { asNumber, coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { typeNameOf } from '../values/type-of.ts';
import {
  Char,
  DateTime,
  Dictionary,
  ListValue,
  PsObject,
  ScriptBlockValue,
  TimeSpan,
  TypeValue,
  type Value,
} from '../values/value.ts';
import { listMethods } from './collections.ts';
import { constructorOf } from './constructors.ts';
import { staticsOf } from './statics.ts';
import { stringMethods } from './string-methods.ts';

const real = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? 0);

const dateMethods = (date: DateTime): Readonly<Record<string, (args: readonly Value[]) => Value>> => {
  const later = (milliseconds: number): DateTime => new DateTime(date.milliseconds + milliseconds, date.kind);
  return {
    addmilliseconds: ([value]) => later(real(value)),
    addseconds: ([value]) => later(real(value) * 1000),
    addminutes: ([value]) => later(real(value) * 60_000),
    addhours: ([value]) => later(real(value) * 3_600_000),
    adddays: ([value]) => later(real(value) * 86_400_000),
    tostring: ([format]) => formatDate(date, format === undefined ? 'G' : toText(format)),
    touniversaltime: () => new DateTime(date.milliseconds, 'utc'),
    tolocaltime: () => new DateTime(date.milliseconds, 'local'),
    toshortdatestring: () => formatDate(date, 'd'),
    tolongdatestring: () => formatDate(date, 'D'),
    toshorttimestring: () => formatDate(date, 't'),
    tolongtimestring: () => formatDate(date, 'T'),
  };
};

const dictionaryMethods = (table: Dictionary): Readonly<Record<string, (args: readonly Value[]) => Value>> => ({
  add: ([key = null, value = null]) => {
    if (table.has(key)) {
      throw new RuntimeFailure(
        'ArgumentException',
        `Exception calling "Add" with "2" argument(s): "Item has already been added. Key in dictionary: '${toText(key)}'  Key being added: '${toText(key)}'"`,
        {
          category: 'NotSpecified',
          type: 'System.Management.Automation.MethodInvocationException',
        },
      );
    }
    table.set(key, value);
    return noResult;
  },
  remove: ([key = null]) => {
    table.delete(key);
    return noResult;
  },
  clear: () => {
    table.clear();
    return noResult;
  },
  containskey: ([key = null]) => table.has(key),
  contains: ([key = null]) => table.has(key),
  containsvalue: ([value = null]) =>
    table.entries().some(([, item]) => item !== null && value !== null && compare(item, value, true) === 0),
});

const arrayMethods = (list: Value[]): Readonly<Record<string, (args: readonly Value[]) => Value>> => ({
  contains: ([value = null]) => list.some((item) => toText(item) === toText(value)),
  indexof: ([value = null]) => list.findIndex((item) => toText(item) === toText(value)),
});

const numberMethods = (value: Value): Readonly<Record<string, (args: readonly Value[]) => Value>> => ({
  tostring: ([format]) => {
    const number = asNumber(value);
    return format === undefined || number === null ? toText(value) : formatNumberAs(number, toText(format));
  },
});

const methodsOf = (
  object: Exclude<Value, null>,
): Readonly<Record<string, (args: readonly Value[]) => Value | Promise<Value>>> => {
  if (typeof object === 'string') return stringMethods(object);
  if (object instanceof Char) return { tostring: () => object.text };
  if (object instanceof DateTime) return dateMethods(object);
  if (object instanceof Dictionary) return dictionaryMethods(object);
  if (object instanceof ListValue) return listMethods(object);
  if (Array.isArray(object)) return arrayMethods(object);
  if (object instanceof PsObject) return object.options.methods ?? {};
  if (object instanceof TimeSpan || object instanceof TypeValue) return {};
  return asNumber(object) === null ? {} : numberMethods(object);
};

const invokeBlock = async (block: ScriptBlockValue, args: readonly Value[], frame: Frame): Promise<Value> => {
  const { sink, results } = collector();
  const positional = (block.ast.parameters ?? []).map(({ name }, index): [string, Value] => [
    name.toLowerCase(),
    args[index] ?? null,
  ]);
  const named = new Map(positional.slice(0, args.length));
  const invocation = createInvocation(block, { named, rest: args.slice(named.size) }, withOutput(frame, sink));
  await invocation.begin();
  await invocation.process(undefined);
  await invocation.end();
  return fromResults(results);
};

/** Methods that every object has. */
const common = (object: Exclude<Value, null>): Readonly<Record<string, (args: readonly Value[]) => Value>> => ({
  tostring: () => toText(object),
  gettype: () => new TypeValue(typeNameOf(object)),
  equals: ([other = null]) => toText(object) === toText(other),
});

export const callMethod = async (
  object: Exclude<Value, null>,
  method: string,
  args: readonly Value[],
  frame: Frame,
): Promise<Value> => {
  const name = method.toLowerCase();
  if (object instanceof ScriptBlockValue && (name === 'invoke' || name === 'invokereturnasis'))
    return invokeBlock(object, args, frame);
  const own = methodsOf(object);
  const found = Object.hasOwn(own, name) ? own[name] : undefined;
  if (found !== undefined) return found(args);
  const shared = common(object);
  if (Object.hasOwn(shared, name) && shared[name] !== undefined) return shared[name](args);
  throw new NotImplemented(`the method ${typeNameOf(object)}.${method}`);
};

export const callStatic = (
  type: string,
  method: string,
  args: readonly Value[],
  frame: Frame,
): Value | Promise<Value> => {
  const found = staticsOf(type)?.methods?.[method.toLowerCase()];
  if (found !== undefined) return found(args, frame.session);
  return method.toLowerCase() === 'new' ? construct(type, args, frame) : notThere(type, method);
};

const construct = (type: string, args: readonly Value[], frame: Frame): Value | Promise<Value> =>
  constructorOf(type)?.(args, frame.session) ?? notThere(type, 'new');

const notThere = (type: string, method: string): never => {
  throw new NotImplemented(`[${type}]::${method}()`);
};
