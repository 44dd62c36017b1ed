import { NotImplemented } from '../../os/not-implemented.ts';
import { callMethod, callStatic } from '../objects/methods.ts';
import { readProperty, readStatic, writeProperty, writeStatic } from '../objects/properties.ts';
import type { Expression, Index, Invoke, Member } from '../syntax/expression-ast.ts';
import { asNumber, coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Char, Dictionary, Numeric, PsObject, TypeValue, type Value } from '../values/value.ts';
import { RuntimeFailure } from './error-record.ts';
import { evaluate, plain } from './evaluate.ts';
import type { Frame } from './session.ts';

const nameOf = async (expression: Expression, frame: Frame): Promise<string> =>
  toText(await evaluate(expression, frame));

const typeOf = (value: Value): string => {
  if (value instanceof TypeValue) return value.name;
  throw new RuntimeFailure('NotAType', `Unable to find type [${toText(value)}].`);
};

export const readMember = async ({ target, name, isStatic }: Member, frame: Frame): Promise<Value> => {
  const object = plain(await evaluate(target, frame));
  const member = await nameOf(name, frame);
  return isStatic ? readStatic(typeOf(object), member, frame.session) : readProperty(object, member);
};

export const callMember = async ({ target, name, isStatic, arguments: args }: Invoke, frame: Frame): Promise<Value> => {
  const object = plain(await evaluate(target, frame));
  const method = await nameOf(name, frame);
  const values: Value[] = [];
  for (const arg of args) values.push(plain(await evaluate(arg, frame)));
  if (isStatic) return callStatic(typeOf(object), method, values, frame);
  if (object === null)
    throw new RuntimeFailure('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.');
  return callMethod(object, method, values, frame);
};

const positionIn = (index: Value, length: number): number => {
  const number = coerceNumber(index);
  if (number === null)
    throw new RuntimeFailure('InvalidCast', `Cannot convert value "${toText(index)}" to type "System.Int32".`);
  const position = Number(number.value);
  return position < 0 ? position + length : position;
};

const elementAt = (object: Exclude<Value, null>, index: Value): Value => {
  if (object instanceof Dictionary)
    return object.ordered && asNumber(index) !== null
      ? (object.entries()[Number(toText(index))]?.[1] ?? null)
      : object.get(index);
  if (typeof object === 'string') {
    const char = object[positionIn(index, object.length)];
    return char === undefined ? null : new Char(char);
  }
  if (Array.isArray(object)) return object[positionIn(index, object.length)] ?? null;
  if (object instanceof Uint8Array) {
    const byte = object[positionIn(index, object.length)];
    return byte === undefined ? null : new Numeric('byte', byte);
  }
  if (object instanceof PsObject) throw new NotImplemented(`an index on ${object.typeNames[0] ?? 'an object'}`);
  return positionIn(index, 1) === 0 ? object : null;
};

export const readIndex = async ({ target, index }: Index, frame: Frame): Promise<Value> => {
  const object = plain(await evaluate(target, frame));
  const at = plain(await evaluate(index, frame));
  if (object === null) throw new RuntimeFailure('NullArray', 'Cannot index into a null array.');
  if (!Array.isArray(at)) return elementAt(object, at);
  const found = at.map((item) => elementAt(object, item));
  return found.filter((item) => item !== null);
};

export const writeMember = async ({ target, name, isStatic }: Member, value: Value, frame: Frame): Promise<void> => {
  const object = plain(await evaluate(target, frame));
  const member = await nameOf(name, frame);
  if (isStatic) {
    writeStatic(typeOf(object), member, value);
    return;
  }
  if (!writeProperty(object, member, value)) {
    throw new RuntimeFailure(
      'PropertyNotFound',
      `The property '${member}' cannot be found on this object. Verify that the property exists and can be set.`,
    );
  }
};

export const writeIndex = async ({ target, index }: Index, value: Value, frame: Frame): Promise<void> => {
  const object = plain(await evaluate(target, frame));
  const at = plain(await evaluate(index, frame));
  if (object instanceof Dictionary) {
    object.set(at, value);
    return;
  }
  if (!Array.isArray(object) && !(object instanceof Uint8Array))
    throw new RuntimeFailure(
      'CannotIndex',
      `Unable to index into an object of type ${object === null ? 'null' : toText(object)}.`,
    );
  const position = positionIn(at, object.length);
  if (position < 0 || position >= object.length) {
    throw new RuntimeFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.', {
      category: 'OperationStopped',
      type: 'System.IndexOutOfRangeException',
    });
  }
  if (Array.isArray(object)) object[position] = value;
  else object[position] = Number(coerceNumber(value)?.value ?? 0);
};
