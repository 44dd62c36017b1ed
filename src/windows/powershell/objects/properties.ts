import { NotImplemented } from '../../os/not-implemented.ts';
import type { Session } from '../engine/session.ts';
import { dateParts } from '../values/dates.ts';
import {
  DateTime,
  Dictionary,
  double,
  PsObject,
  ScriptBlockValue,
  TimeSpan,
  TypeValue,
  type Value,
} from '../values/value.ts';
import { staticsOf } from './statics.ts';
import { typeNameOf } from '../values/type-of.ts';

const dateProperty = (date: DateTime, name: string): Value | undefined => {
  const parts = dateParts(date);
  const properties: Readonly<Record<string, () => Value>> = {
    year: () => parts.year,
    month: () => parts.month,
    day: () => parts.day,
    hour: () => parts.hour,
    minute: () => parts.minute,
    second: () => parts.second,
    millisecond: () => parts.millisecond,
    dayofweek: () => parts.dayOfWeek,
    ticks: () => BigInt(Math.round(date.milliseconds * 10_000)) + 621_355_968_000_000_000n,
    date: () => new DateTime(new Date(parts.year, parts.month - 1, parts.day).getTime(), date.kind),
    timeofday: () => new TimeSpan(((parts.hour * 60 + parts.minute) * 60 + parts.second) * 1000 + parts.millisecond),
  };
  return Object.hasOwn(properties, name) ? properties[name]?.() : undefined;
};

const spanProperty = ({ milliseconds }: TimeSpan, name: string): Value | undefined => {
  const units: Readonly<Record<string, number>> = {
    days: 86_400_000,
    hours: 3_600_000,
    minutes: 60_000,
    seconds: 1000,
    milliseconds: 1,
  };
  const unit = units[name.replace(/^total/, '')];
  if (unit === undefined) return name === 'ticks' ? BigInt(Math.round(milliseconds * 10_000)) : undefined;
  if (name.startsWith('total')) return double(milliseconds / unit);
  const larger = { days: Infinity, hours: 24, minutes: 60, seconds: 60, milliseconds: 1000 }[name] ?? Infinity;
  return Math.trunc(milliseconds / unit) % larger;
};

const typeProperty = ({ name }: TypeValue, property: string): Value | undefined => {
  const properties: Readonly<Record<string, Value>> = {
    name: name.replace(/^.*\./, ''),
    fullname: name,
    namespace: name.replace(/\.[^.]*$/, ''),
  };
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
};

const ownProperty = (object: Exclude<Value, null>, name: string): Value | undefined => {
  if (typeof object === 'string') return name === 'length' ? object.length : undefined;
  if (Array.isArray(object) || object instanceof Uint8Array) {
    return ['length', 'count', 'longlength'].includes(name) ? object.length : name === 'rank' ? 1 : undefined;
  }
  if (object instanceof DateTime) return dateProperty(object, name);
  if (object instanceof TimeSpan) return spanProperty(object, name);
  if (object instanceof TypeValue) return typeProperty(object, name);
  if (object instanceof Dictionary) {
    if (object.has(name)) return object.get(name);
    if (name === 'count') return object.size;
    if (name === 'keys') return object.entries().map(([key]) => key);
    return name === 'values' ? object.entries().map(([, value]) => value) : undefined;
  }
  if (object instanceof PsObject) {
    if (object.options.missing?.some((missing) => missing.toLowerCase() === name) === true) {
      throw new NotImplemented(`the property ${name} of ${typeNameOf(object)}`);
    }
    return object.properties.get(name)?.value;
  }
  if (object instanceof ScriptBlockValue && ['ast', 'file', 'module'].includes(name))
    throw new NotImplemented(`the property ${name} of a script block`);
  return undefined;
};

/** A property that an object does not have is null; on a list, the elements are asked. */
export const readProperty = (object: Value, member: string): Value => {
  const name = member.toLowerCase();
  if (object === null) return name === 'count' || name === 'length' ? 0 : null;
  const own = ownProperty(object, name);
  if (own !== undefined) return own;
  if (name === 'psobject') throw new NotImplemented('the property PSObject');
  if (Array.isArray(object)) {
    const found = object.map((item) => readProperty(item, member)).filter((item) => item !== null);
    return found.length > 1 ? found.flat() : (found[0] ?? null);
  }
  if (name === 'count' || name === 'length') return 1;
  return null;
};

export const readStatic = (type: string, member: string, session: Session): Value => {
  const found = staticsOf(type)?.properties?.[member.toLowerCase()];
  if (found === undefined) throw new NotImplemented(`[${type}]::${member}`);
  return found(session);
};

/** Sets a property that an object has; false where it has none of that name. Objects of a script's own take new ones when they are made. */
export const writeProperty = (object: Value, member: string, value: Value): boolean => {
  if (object instanceof Dictionary) object.set(member, value);
  else if (object instanceof PsObject && object.properties.has(member.toLowerCase())) {
    object.set(member, value);
    object.options.onSet?.[member.toLowerCase()]?.(value);
  } else if (object instanceof PsObject && object.options.missing?.some((name) => sameName(name, member)) === true)
    throw new NotImplemented(`setting the property ${member} of ${typeNameOf(object)}`);
  else return false;
  return true;
};

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const writeStatic = (type: string, member: string, value: Value): void => {
  const set = staticsOf(type)?.setters?.[member.toLowerCase()];
  if (set === undefined) throw new NotImplemented(`setting [${type}]::${member}`);
  set(value);
};
