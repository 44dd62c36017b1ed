import type { LogValue } from '../../../model/log-event.ts';
import type { Compiled } from '../interpret/compiled.ts';
import { matchValue, type Fields } from '../interpret/match-value.ts';
import { withPlainNames } from '../interpret/plain-names.ts';
import { isList, readField } from '../interpret/read-field.ts';
import type { Atom } from './atom.ts';
import { FieldValue } from './field-value.ts';

/** The event at hand, as atoms see it: its fields are gone through once, and folded when the first of them asks. */
export interface EventView {
  /** The number of a field that rules ask for. All are known before the first event. */
  slotOf(field: string): number;
  slots(): number;
  /** Takes up another event. */
  open(fields: Fields): void;
  read(slot: number): LogValue | undefined;
  /** The value of a slot that holds one: no list, not null. */
  value(slot: number): FieldValue;
  /** Calls for the value of each field that has no slot. */
  forOthers(onValue: (value: LogValue) => void): void;
  holds(atom: Atom, slot: number): boolean;
  holdsFor(atom: Atom, value: FieldValue): boolean;
}

/** What a name is that is no slot. */
const other = -1;
const spaced = -2;

/** A hostile log could have other names in every record. */
const mostNames = 10_000;

export const createEventView = (compiled: Compiled): EventView => {
  const places = new Map<string, number>();
  const names: string[] = [];
  const values: FieldValue[] = [];
  const taken: boolean[] = [];
  const raw: (LogValue | undefined)[] = [];
  /** What rules name with a space may have none in the event. */
  const spacedSlots: number[] = [];
  const others: LogValue[] = [];
  let othersCount = 0;
  const item = new FieldValue();
  let fields: Fields = {};

  const learn = (name: string): number => {
    const place = name.includes(' ') ? spaced : other;
    if (places.size < mostNames) places.set(name, place);
    return place;
  };
  /** False when a name has a space: those are to be read under two names. */
  const spread = (canBeSpaced: boolean): boolean => {
    raw.fill(undefined);
    taken.fill(false);
    othersCount = 0;
    for (const name in fields) {
      const place = places.get(name) ?? learn(name);
      if (place >= 0) raw[place] = fields[name];
      else if (place === spaced && !canBeSpaced) return false;
      else others[othersCount++] = fields[name] as LogValue;
    }
    return true;
  };
  const valueOf = (slot: number): FieldValue => {
    const value = values[slot] as FieldValue;
    if (taken[slot] === true) return value;
    taken[slot] = true;
    return value.set(raw[slot] as string | number | boolean);
  };
  const holdsFor = (atom: Atom, value: FieldValue): boolean =>
    atom.test === null ? matchValue(atom.matcher, value.scalar, fields, compiled) : atom.test(value);
  const holdsValue = (atom: Atom, found: LogValue | undefined): boolean => {
    if (atom.test === null) return matchValue(atom.matcher, found, fields, compiled);
    if (found === undefined || found === null) return false;
    const { test } = atom;
    return isList(found) ? found.some((one) => one !== null && test(item.set(one))) : test(item.set(found));
  };
  return {
    slotOf: (field) => {
      const known = places.get(field);
      if (known !== undefined && known >= 0) return known;
      places.set(field, names.length);
      values.push(new FieldValue());
      raw.push(undefined);
      taken.push(false);
      if (field.includes(' ')) spacedSlots.push(names.length);
      return names.push(field) - 1;
    },
    slots: () => names.length,
    open: (next) => {
      fields = next;
      if (!spread(false)) {
        fields = withPlainNames(next);
        spread(true);
      }
      for (const slot of spacedSlots) raw[slot] ??= readField(fields, names[slot] as string);
    },
    read: (slot) => raw[slot],
    value: valueOf,
    forOthers: (onValue) => {
      for (let at = 0; at < othersCount; at++) onValue(others[at] as LogValue);
    },
    holds: (atom, slot) => {
      if (slot < 0) return Object.values(fields).some((one) => holdsValue(atom, one));
      const found = raw[slot];
      if (atom.test === null || found === undefined || found === null || isList(found)) return holdsValue(atom, found);
      return atom.test(valueOf(slot));
    },
    holdsFor,
  };
};
