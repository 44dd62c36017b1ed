import type { LogValue } from '../../../model/log-event.ts';
import type { Compiled } from '../interpret/compiled.ts';
import { matchValue, type Fields } from '../interpret/match-value.ts';
import { isList, readField } from '../interpret/read-field.ts';
import type { Atom } from './atom.ts';
import { FieldValue } from './field-value.ts';

/** The event at hand, as atoms see it: every field is read once, and folded once, when the first of them asks. */
export interface EventView {
  /** The number of a field. */
  slotOf(field: string): number;
  /** Takes up another event. */
  open(fields: Fields): void;
  fields(): Fields;
  read(slot: number): LogValue | undefined;
  /** The value that was read last from a slot that holds one. */
  value(slot: number): FieldValue;
  holds(atom: Atom, slot: number): boolean;
  holdsFor(atom: Atom, value: FieldValue): boolean;
}

export const createEventView = (compiled: Compiled): EventView => {
  const slots = new Map<string, number>();
  const names: string[] = [];
  const values: FieldValue[] = [];
  const raw: (LogValue | undefined)[] = [];
  const read: boolean[] = [];
  const item = new FieldValue();
  let fields: Fields = {};

  const readSlot = (slot: number): LogValue | undefined => {
    if (read[slot] === true) return raw[slot];
    const found = readField(fields, names[slot] as string);
    read[slot] = true;
    raw[slot] = found;
    if (found !== undefined && found !== null && !isList(found)) (values[slot] as FieldValue).set(found);
    return found;
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
      const known = slots.get(field);
      if (known !== undefined) return known;
      slots.set(field, names.length);
      values.push(new FieldValue());
      raw.push(undefined);
      read.push(false);
      return names.push(field) - 1;
    },
    open: (next) => {
      fields = next;
      read.fill(false);
    },
    fields: () => fields,
    read: readSlot,
    value: (slot) => values[slot] as FieldValue,
    holds: (atom, slot) => {
      if (slot < 0) return Object.values(fields).some((one) => holdsValue(atom, one));
      const found = readSlot(slot);
      if (atom.test === null || found === undefined || found === null || isList(found)) return holdsValue(atom, found);
      return atom.test(values[slot] as FieldValue);
    },
    holdsFor,
  };
};
