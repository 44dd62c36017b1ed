import type { Micros } from '../../model/event.ts';
import { createFields, type Fields } from '../log/fields.ts';
import { fieldRules, nameInData, type FieldContext, type FieldRule, type Rule } from '../windows-event/field-rules.ts';
import { putField } from '../windows-event/put-field.ts';
import type { XmlPart } from '../windows-event/tree.ts';
import { Cursor } from './cursor.ts';
import { Damaged } from './damaged.ts';
import { definitionRange, readInstance, valueSize, valueType, type Instance } from './instance.ts';
import { createNames, type Names } from './names.ts';
import { parseFragment } from './parse-fragment.ts';
import { readValue, valueTypes } from './read-value.ts';
import { microsOfFileTime } from './time-values.ts';
import { token } from './tokens.ts';
import { stepsOfChunk, Work } from './work.ts';
import type { LogValue } from '../../model/log-event.ts';

const deepest = 16;
const fragmentHeaderBytes = 4;

/** Turns the binary XML of a chunk's records into fields. A template becomes rules once; its records only fill them. */
export class ChunkReader {
  readonly #bytes: Buffer;
  readonly #names: Names;
  readonly #templates: Readonly<Record<FieldContext, Map<number, readonly Rule[]>>> = {
    document: new Map(),
    event: new Map(),
    system: new Map(),
    data: new Map(),
    rendering: new Map(),
  };
  readonly #work = new Work(stepsOfChunk);
  #time: Micros | null = null;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#names = createNames(bytes);
  }

  /** The fields of one record's binary XML, and the time its System element tells. Throws Damaged. */
  read(start: number, end: number): { readonly fields: Fields; readonly time: Micros | null } {
    const fields = createFields();
    this.#time = null;
    this.#readFragment(fields, start, end, 'document', true, 0);
    return { fields, time: this.#time };
  }

  #readFragment(
    fields: Fields,
    start: number,
    end: number,
    context: FieldContext,
    hasDependencies: boolean,
    depth: number,
  ): void {
    const at = this.#bytes[start] === token.fragment ? start + fragmentHeaderBytes : start;
    if (this.#bytes[at] === token.instance) return this.#readInstance(fields, at, end, context, depth);
    this.#work.spend(end - start);
    const nodes = parseFragment(this.#names, this.#bytes, start, end, hasDependencies);
    this.#fill(fields, fieldRules(nodes, context), null, depth);
  }

  #readInstance(fields: Fields, at: number, end: number, context: FieldContext, depth: number): void {
    const instance = readInstance(new Cursor(this.#bytes, at + 1, end));
    this.#work.spend(instance.count);
    this.#fill(fields, this.#template(instance.definition, context), instance, depth);
  }

  #template(definition: number, context: FieldContext): readonly Rule[] {
    const known = this.#templates[context].get(definition);
    if (known !== undefined) return known;
    const { start, end } = definitionRange(this.#bytes, definition);
    this.#work.spend(end - start);
    const rules = fieldRules(parseFragment(this.#names, this.#bytes, start, end, true), context);
    this.#templates[context].set(definition, rules);
    return rules;
  }

  #fill(fields: Fields, rules: readonly Rule[], instance: Instance | null, depth: number): void {
    if (depth > deepest) throw new Damaged('templates are nested too deep');
    this.#work.spend(rules.length);
    for (const rule of rules) {
      if (rule.kind === 'instance') {
        this.#readInstance(fields, rule.offset, this.#bytes.length, rule.context, depth + 1);
      } else if (rule.value >= 0 && rule.nameParts === null) this.#fillValue(fields, rule, instance, depth);
      else this.#fillParts(fields, rule, instance);
    }
  }

  #fillValue(fields: Fields, rule: FieldRule, instance: Instance | null, depth: number): void {
    const index = rule.value;
    const isThere = instance !== null && index < instance.count;
    const type = isThere ? valueType(this.#bytes, instance, index) : valueTypes.null;
    const size = isThere ? valueSize(this.#bytes, instance, index) : 0;
    const at = isThere ? (instance.offsets[index] ?? 0) : 0;
    if (type === valueTypes.binaryXml) {
      if (size > 0) this.#readFragment(fields, at, at + size, rule.inner, false, depth + 1);
      return;
    }
    this.#work.spend(size >> 4);
    const value = readValue(this.#bytes, type, at, size);
    if (type === valueTypes.fileTime && rule.name === 'TimeCreated_SystemTime') {
      this.#time = microsOfFileTime(this.#bytes, at);
    }
    if (value !== null) putField(fields, rule.name, value, rule.displaces);
    else if (rule.keepsEmpty && !(rule.isOptional && type === valueTypes.null))
      putField(fields, rule.name, '', rule.displaces);
  }

  #fillParts(fields: Fields, rule: FieldRule, instance: Instance | null): void {
    const text = this.#text(rule.parts, instance);
    if (text === '' && !rule.keepsEmpty) return;
    const { name, displaces } = rule.nameParts === null ? rule : nameInData(this.#text(rule.nameParts, instance));
    putField(fields, name, text, displaces);
  }

  #text(parts: readonly XmlPart[], instance: Instance | null): string {
    let text = '';
    for (const part of parts) text += part.kind === 'text' ? part.text : shown(this.#value(part.index, instance));
    return text;
  }

  #value(index: number, instance: Instance | null): LogValue {
    if (instance === null || index >= instance.count) return null;
    const size = valueSize(this.#bytes, instance, index);
    this.#work.spend(1 + size);
    return readValue(this.#bytes, valueType(this.#bytes, instance, index), instance.offsets[index] ?? 0, size);
  }
}

const shown = (value: LogValue): string =>
  value === null ? '' : Array.isArray(value) ? value.join(', ') : String(value);
